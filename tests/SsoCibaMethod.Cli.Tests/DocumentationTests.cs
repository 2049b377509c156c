using System.Globalization;
using System.Reflection;

namespace SsoCibaMethod.Cli.Tests;

/// <summary>What scripts rely on is written down: every option and every exit code.</summary>
public class DocumentationTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cli.md"));

    [Fact]
    public void Every_option_is_documented() =>
        Assert.All(new LoginOptions().All, option => Assert.Contains($"`{option.Name}`", Page, StringComparison.Ordinal));

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
