using System.Globalization;
using System.Reflection;
using SsoCibaMethod.Cli.Checks;
using SsoCibaMethod.Cli.Texts;

namespace SsoCibaMethod.Cli.Tests;

/// <summary>What scripts rely on is written down: every option, every exit code and every check.</summary>
public class DocumentationTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cli.md"));

    [Fact]
    public void Every_option_is_documented() =>
        Assert.All(new LoginOptions().All.Concat(new CheckOptions().All).Concat(new TextsOptions().All), option => Assert.Contains($"`{option.Name}`", Page, StringComparison.Ordinal));

    [Fact]
    public void Every_check_is_documented_in_its_order()
    {
        var places = new[] { FileCheck.Id }.Concat(MethodChecks.All.Select(check => check.Name)).Append(TextsCheck.Id)
            .Select(name => Page.IndexOf($"| `{name}` |", StringComparison.Ordinal)).ToList();

        Assert.All(places, place => Assert.NotEqual(-1, place));
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void Every_outcome_is_documented() =>
        Assert.All(Enum.GetNames<CheckOutcome>(), outcome => Assert.Contains($"`{outcome.ToLowerInvariant()}`", Page, StringComparison.Ordinal));

    [Fact]
    public void Every_exit_code_is_documented() =>
        Assert.All(
            typeof(ExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static),
            code => Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"| {code.GetRawConstantValue()} |"), Page, StringComparison.Ordinal));

    [Fact]
    public void Every_variable_is_documented() =>
        Assert.All(
            [LoginOptions.SecretVariable, LoginOptions.KeyPasswordVariable, LoginOptions.CertificatePasswordVariable],
            variable => Assert.Contains($"`{variable}`", Page, StringComparison.Ordinal));
}
