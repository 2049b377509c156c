using System.Net;
using System.Text.RegularExpressions;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>What passes between us and the OP is told neither to a log nor to a browser.</summary>
public sealed class ConfidentialityTests(ConfidentialRun run) : IClassFixture<ConfidentialRun>
{
    [RealOpFact]
    public void TheRunHadEverythingThatIsConfidential() => Assert.Equal(
        ["access_token", "auth_req_id", "authorization", "client_assertion", "client_secret", "id_token", "login_hint", "user_code"],
        run.Confidential.Select(values => values.Key).Order(StringComparer.Ordinal));

    [RealOpFact]
    [Trait("Spec", "S-52")]
    [Trait("Spec", "S-29")]
    public void NoLogLineHasAnyOfIt()
    {
        Assert.Contains(run.Log, line => line.Category.StartsWith("SsoCibaMethod.", StringComparison.Ordinal));
        Assert.Contains(run.Log, line => line.Category.StartsWith("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal));
        AssertNowhere(run.Log.Select(line => $"{line.Level} {line.Category}[{line.Id}] {line.Text}"));
    }

    [RealOpFact]
    [Trait("Spec", "S-52")]
    [Trait("Spec", "C-17")]
    public void NoBrowserHasAnyOfItButTheHintInItsOwnField()
    {
        Assert.Contains(run.Received, received => received.Contains("value=\"hint-canary-declines\"", StringComparison.Ordinal));
        AssertNowhere(run.Received.Select(WithoutOwnField));
    }

    private static string WithoutOwnField(string received) =>
        Regex.Replace(received, "(?<=<input id=\"login_hint\" name=\"login_hint\" type=\"text\" )value=\"[^\"]*\"", "", RegexOptions.None, TimeSpan.FromSeconds(5));

    private void AssertNowhere(IEnumerable<string> texts)
    {
        var canaries = run.Confidential
            .Append(new[] { CibaHost.Secret, ClientKeyFile.Password }.ToLookup(_ => "secret").Single())
            .SelectMany(values => values.SelectMany(Forms).Select(form => (Name: values.Key, Value: form)))
            .ToList();
        var leaks = texts.SelectMany(text => canaries
            .Where(canary => text.Contains(canary.Value, StringComparison.OrdinalIgnoreCase))
            .Select(canary => $"{canary.Name} in {text}"));
        Assert.Empty(leaks);
    }

    // As it is, as part of an address, as part of a page; of a JWT also what it says and its signature alone.
    private static IEnumerable<string> Forms(string value)
    {
        var parts = value.Split('.') is [_, { Length: > 20 } payload, { Length: > 20 } signature] ? new[] { payload, signature } : [];
        return parts.Append(value).Append(Uri.EscapeDataString(value)).Append(WebUtility.UrlEncode(value)).Append(WebUtility.HtmlEncode(value)).Distinct(StringComparer.Ordinal);
    }
}
