using System.Text.Json;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>The OP finds what is wrong: without this an empty list of findings would prove nothing.</summary>
public class BadRequestTests
{
    private static readonly IReadOnlyList<BadRequest> All = [.. BadRequests.All, .. BadRequestObjects.All];

    public static TheoryData<string> Names => [.. All.Select(bad => bad.Name).Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Spec", "K-10")]
    [Trait("Spec", "K-11")]
    public async Task A_bad_authentication_request_is_found(string name)
    {
        foreach (var bad in All.Where(one => one.Name == name))
        {
            var client = new HandMade(bad.Variant);
            bad.Spoil(client);
            for (var i = 0; i < bad.Times; i++)
            {
                _ = await client.AuthenticateAsync();
            }

            Assert.Contains(client.Op.Findings.All, finding => finding.Contains(bad.Finding, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("an id never given", "never given", 5_000, "x")]
    [InlineData("a millisecond too early", "K-7", 4_999, null)]
    [InlineData("after the expiry", "after the expiry", 295_000, null)]
    [Trait("Spec", "K-7")]
    [Trait("Spec", "K-12")]
    public async Task A_bad_poll_is_found(string name, string finding, int milliseconds, string? id)
    {
        var client = new HandMade("plain_fapi poll mtls");
        var given = await StartAsync(client);
        client.Clock.Advance(TimeSpan.FromSeconds(5));
        _ = await client.PollAsync(given);
        Assert.Empty(client.Op.Findings.All);

        client.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
        _ = await client.PollAsync(id ?? given);

        Assert.True(client.Op.Findings.All.SingleOrDefault()?.Contains(finding, StringComparison.Ordinal), name);
    }

    [Theory]
    [InlineData("auth_req_id", "C-60", "grant_type", "refresh_tokens")]
    [InlineData("scope", "scope does not belong there", "scope", "openid")]
    [Trait("Spec", "C-60")]
    public async Task A_poll_of_another_form_is_found(string name, string finding, string parameter, string value)
    {
        var client = new HandMade("plain_fapi poll mtls");
        var given = await StartAsync(client);
        client.Form = form =>
        {
            _ = form.RemoveAll(pair => pair.Name == parameter);
            form.Add((parameter, value));
        };

        client.Clock.Advance(TimeSpan.FromSeconds(5));
        _ = await client.PollAsync(given);

        Assert.True(client.Op.Findings.All.Any(one => one.Contains(finding, StringComparison.Ordinal)), name);
    }

    [Fact]
    [Trait("Spec", "K-6")]
    [Trait("Spec", "K-12")]
    public async Task A_poll_after_the_tokens_and_a_call_in_the_silence_are_found()
    {
        var client = new HandMade("plain_fapi poll mtls");
        var given = await StartAsync(client);
        for (var i = 0; i < 4; i++)
        {
            client.Clock.Advance(TimeSpan.FromSeconds(5));
            _ = await client.PollAsync(given);
        }

        Assert.Contains("redeemed", Assert.Single(client.Op.Findings.All), StringComparison.Ordinal);
        client.Op.Silence = TimeSpan.FromMinutes(5);
        _ = await client.AuthenticateAsync();
        Assert.Contains(client.Op.Findings.All, finding => finding.StartsWith("K-6", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Spec", "C-63")]
    public async Task Two_polls_at_once_are_found()
    {
        var client = new HandMade("plain_fapi poll mtls");
        var given = await StartAsync(client);
        var login = client.Op.State.Login!;
        login.PollsUnderWay = 1;

        _ = await client.PollAsync(given);

        Assert.Contains("C-63", Assert.Single(client.Op.Findings.All), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("empty", "is empty")]
    [InlineData("weak", "weaker")]
    [InlineData("private", "private")]
    [InlineData("one kid twice", "share one")]
    [InlineData("no kid", "lack a kid")]
    [Trait("Spec", "K-12")]
    public void A_bad_key_set_is_found(string name, string finding)
    {
        var findings = new Findings();
        var keys = name switch
        {
            "empty" => [],
            "weak" => [HandMade.Jwk("a", 1_024)],
            "private" => [With(HandMade.Jwk("a"), "d")],
            "one kid twice" => [HandMade.Jwk("a"), HandMade.Jwk("a")],
            _ => new[] { HandMade.Jwk("") },
        };

        _ = ClientKeySet.Read(new JsonObject { ["keys"] = new JsonArray([.. keys]) }, findings);

        Assert.Contains(finding, Assert.Single(findings.All), StringComparison.Ordinal);
    }

    private static JsonObject With(JsonObject jwk, string member)
    {
        jwk[member] = "AA";
        return jwk;
    }

    private static async Task<string> StartAsync(HandMade client) =>
        JsonDocument.Parse((await client.AuthenticateAsync()).Body).RootElement.GetProperty("auth_req_id").GetString()!;
}
