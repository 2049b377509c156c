using System.Security.Cryptography;

namespace SsoCibaMethod.Cli.Tests.Checks;

/// <summary>What proving the client costs is told before many logins find out.</summary>
public class AssertionTests(SimulatedOp op) : IClassFixture<SimulatedOp>
{
    [Fact]
    public async Task An_RSA_assertion_is_a_warning_that_counts_where_it_is_wanted()
    {
        using var key = RSA.Create(2048);
        using var config = CheckedConfig.Of([.. op.TerminalSettings.Where(setting => setting.Name is "Authority" or "BackchannelTrust"),
            ("ClientId", "keys"), ("ClientAuthentication", new { Key = "rsa.pem", Algorithm = "PS256" })]);
        await File.WriteAllTextAsync(Path.Combine(config.Config, "rsa.pem"), key.ExportPkcs8PrivateKeyPem());

        var report = await config.CheckAsync();

        Assert.Equal("warning", report["assertion"].Outcome);
        Assert.Contains("40 polls", report["assertion"].Text, StringComparison.Ordinal);

        // And the OP does not know that key.
        Assert.Equal("error", report["client"].Outcome);
    }

    [Fact]
    public async Task What_an_RSA_assertion_costs_is_told_though_the_OP_is_away()
    {
        using var key = RSA.Create(2048);
        using var config = CheckedConfig.Of([("Authority", "https://localhost:1/op"), ("ClientId", "keys"), ("ClientAuthentication", new { Key = "rsa.pem", Algorithm = "RS256" })]);
        await File.WriteAllTextAsync(Path.Combine(config.Config, "rsa.pem"), key.ExportPkcs8PrivateKeyPem());

        Assert.Equal("warning", (await config.CheckAsync())["assertion"].Outcome);
    }
}
