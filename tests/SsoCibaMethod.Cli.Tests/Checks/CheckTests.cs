using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Cli.Tests.Checks;

/// <summary><c>ciba check</c> against the simulator over TLS: settings that are right, and each check with one thing wrong.</summary>
public class CheckTests(SimulatedOp op) : IClassFixture<SimulatedOp>
{
    private static readonly JsonSerializerOptions Lower = new(JsonSerializerDefaults.Web);

    private (string Name, object? Value)[] Good => op.TerminalSettings;

    [Fact]
    public async Task Settings_that_are_right_pass_every_check_and_nobody_is_asked()
    {
        var before = op.Simulator.Requests.Count;
        using var config = CheckedConfig.Of(Good);

        var report = await config.CheckAsync();

        Assert.All(report.Checks, check => Assert.Equal((check.Key, "ok"), (check.Key, check.Value.Outcome)));
        Assert.Equal((ExitCodes.Done, before), (report.Code, op.Simulator.Requests.Count));
        Assert.Contains("CIBA simulator", report["tls"].Text, StringComparison.Ordinal);
        Assert.Contains("client_secret_basic", report["client"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_with_a_certificate_is_accepted_at_the_OPs_alias_for_mutual_TLS()
    {
        using var config = CheckedConfig.Of([
            ("Authority", op.TlsAuthority), ("ClientId", "certificate"), ("ClientAuthentication", new { Certificate = op.PathTo("client.pfx") }), ("BackchannelTrust", op.PathTo("ca.pem"))]);

        var report = await config.CheckAsync();

        Assert.All(report.Checks, check => Assert.Equal((check.Key, "ok"), (check.Key, check.Value.Outcome)));
        Assert.Contains("CN=client", report["keys"].Text, StringComparison.Ordinal);
        Assert.Equal(2, report["tls"].Text.Split("localhost:").Length - 1);
    }

    [Fact]
    public async Task A_client_with_a_key_is_accepted_by_its_assertion_and_its_DPoP_proof()
    {
        using var config = CheckedConfig.Of([.. Good.Where(setting => setting.Name is "Authority" or "BackchannelTrust"),
            ("ClientId", "keys"), ("ClientAuthentication", new { Key = op.PathTo("client-key.pem") }), ("RequestSigning", new { Algorithm = "ES256" }), ("DPoP", true)]);

        var report = await config.CheckAsync();

        Assert.All(report.Checks, check => Assert.Equal((check.Key, "ok"), (check.Key, check.Value.Outcome)));
        Assert.Contains("ES256", report["assertion"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_OP_on_this_very_machine_needs_no_TLS()
    {
        using var config = CheckedConfig.Of([("Authority", op.Authority), .. Good[1..3]]);

        var report = await config.CheckAsync();

        Assert.Equal(("ok", "ok"), (report["tls"].Outcome, report["client"].Outcome));
        Assert.Contains("without TLS", report["tls"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encryption_that_was_agreed_on_is_part_of_what_the_OP_must_offer()
    {
        using var config = CheckedConfig.Of([.. Good, ("IdTokenDecryption", new { Key = op.PathTo("client-key.pem") })]);

        Assert.Contains("ID tokens RS256, encrypted", (await config.CheckAsync())["offer"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_of_push_is_known_by_being_told_not_to_ask()
    {
        using var config = CheckedConfig.Of([.. Good.Where(setting => setting.Name != "ClientId"), ("ClientId", "pushed"), ("TokenDeliveryMode", "push")]);

        var report = await config.CheckAsync();

        Assert.Equal("ok", report["client"].Outcome);
        Assert.Contains("/signin-bank/notification", report["offer"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_in_the_settings_has_its_line_and_its_cure_and_the_rest_is_skipped()
    {
        using var config = CheckedConfig.Of([.. Good, ("Polling", new { Interval = "5" }), ("ClientSecrt", "x")]);

        var report = await config.CheckAsync();

        Assert.Equal((ExitCodes.Faults, "error"), (report.Code, report["settings"].Outcome));
        Assert.Contains("ciba.json, line 9: Polling:Interval is \"5\".\nWrite a duration as", report["settings"].Text, StringComparison.Ordinal);
        Assert.Contains("ciba.json, line 10: ClientSecrt is no setting.\nDid you mean ClientSecret?", report["settings"].Text, StringComparison.Ordinal);
        Assert.All(["keys", "metadata", "tls", "offer", "assertion", "clock", "client"], check => Assert.Equal("skipped", report[check].Outcome));
        Assert.Equal("ok", report["texts"].Outcome);
    }

    [Fact]
    public async Task The_environment_wins_over_the_file_and_is_named_where_it_is_wrong()
    {
        using var config = CheckedConfig.Of([.. Good.Where(setting => setting.Name != "ClientSecret")]);
        var right = new Dictionary<string, string> { ["Ciba__Methods__Bank__ClientSecret"] = SimulatedOp.Secret };
        var wrong = new Dictionary<string, string>(right) { ["Ciba__Methods__Bank__SaveTokens"] = "yes" };

        Assert.Equal("ok", (await config.CheckAsync(environment: right))["client"].Outcome);
        Assert.Contains("environment variable Ciba__Methods__Bank__SaveTokens: SaveTokens is \"yes\".", (await config.CheckAsync(environment: wrong))["settings"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_JSON_is_the_one_error_there_is()
    {
        using var config = new CheckedConfig("{\n\"Ciba\": {\n\"Methods\" {}\n}}");

        var report = await config.CheckAsync();

        Assert.Equal((ExitCodes.Faults, "error", "skipped"), (report.Code, report["file"].Outcome, report["texts"].Outcome));
        Assert.Contains("line 3", report["file"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_methods_is_an_error_and_a_word_that_is_not_read_is_named()
    {
        using var config = new CheckedConfig("""{ "Ciba": { "Method": { "Bank": { "ClientId": "x" } } } }""");

        var report = await config.CheckAsync();

        Assert.Contains("Did you mean Ciba:Methods?", report["file"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_that_is_not_there_or_names_another_issuer_is_an_error()
    {
        using var elsewhere = CheckedConfig.Of([("Authority", op.TlsAuthority + "/not-here"), .. Good[1..]]);
        using var other = CheckedConfig.Of([("Authority", "https://other.example"), ("MetadataAddress", op.TlsAuthority + "/.well-known/openid-configuration"), .. Good[1..]]);

        var missing = (await elsewhere.CheckAsync())["metadata"];
        var wrong = (await other.CheckAsync())["metadata"];

        Assert.Equal(("error", "error"), (missing.Outcome, wrong.Outcome));
        Assert.Contains("HTTP 404", missing.Text, StringComparison.Ordinal);
        Assert.Contains("https://other.example is configured", wrong.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authority_that_is_not_trusted_is_named_with_the_setting_that_mends_it()
    {
        using var config = CheckedConfig.Of(Good[..3]);

        var report = await config.CheckAsync();

        Assert.Equal(("error", "error", "skipped"), (report["metadata"].Outcome, report["tls"].Outcome, report["clock"].Outcome));
        Assert.Contains("no trusted authority vouches for it. It showed localhost, by CN=CIBA simulator", report["tls"].Text, StringComparison.Ordinal);
        Assert.Contains("BackchannelTrust", report["tls"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_once()
    {
        using var config = CheckedConfig.Of([("Authority", "https://localhost:1/op"), .. Good[1..]]);

        var report = await config.CheckAsync();

        Assert.Equal(("error", "skipped", "skipped"), (report["metadata"].Outcome, report["tls"].Outcome, report["client"].Outcome));
    }

    [Fact]
    public async Task What_the_OP_does_not_offer_is_an_error_and_what_it_does_not_name_a_warning()
    {
        using var config = CheckedConfig.Of([.. Good, ("IdTokenSigningAlgorithms", new[] { "ES512" }), ("Scope", new[] { "openid", "payments" })]);

        var offer = (await config.CheckAsync())["offer"];

        Assert.Equal("error", offer.Outcome);
        Assert.Contains("ES512", offer.Text, StringComparison.Ordinal);
        Assert.Contains("Scope holds payments", offer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_code_that_is_wanted_where_the_OP_takes_none_is_a_warning()
    {
        using var config = CheckedConfig.Of([.. Good, ("UserCode", true)]);
        var offered = (await config.CheckAsync())["offer"];
        op.Simulator.Options.UserCodeSupported = false;
        try
        {
            Assert.Equal(("ok", "warning"), (offered.Outcome, (await config.CheckAsync())["offer"].Outcome));
        }
        finally
        {
            op.Simulator.Options.UserCodeSupported = true;
        }
    }

    [Fact]
    public async Task A_document_on_disk_is_read_and_warned_of_where_no_Authority_says_whose_it_must_be()
    {
        using var config = CheckedConfig.Of([.. Good[1..], ("ProviderMetadata", "op.json")]);
        await File.WriteAllTextAsync(Path.Combine(config.Config, "op.json"), $$"""
            {
              "issuer": "{{op.TlsAuthority}}", "jwks_uri": "{{op.TlsAuthority}}/jwks",
              "token_endpoint": "{{op.TlsAuthority}}/token", "backchannel_authentication_endpoint": "{{op.TlsAuthority}}/bc-authorize"
            }
            """);

        var report = await config.CheckAsync();

        Assert.Equal(("warning", "ok", "ok", "ok"), (report["metadata"].Outcome, report["tls"].Outcome, report["clock"].Outcome, report["client"].Outcome));
        Assert.Contains("Set Authority", report["metadata"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_of_the_users_claims_is_looked_at_where_they_are_wanted()
    {
        using var config = CheckedConfig.Of([.. Good, ("GetClaimsFromUserInfoEndpoint", true)]);

        var report = await config.CheckAsync();

        Assert.All(report.Checks, check => Assert.Equal((check.Key, "ok"), (check.Key, check.Value.Outcome)));
    }

    [Fact]
    public async Task A_JWK_has_no_end()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(key));
        using var config = CheckedConfig.Of([("Authority", op.TlsAuthority), ("ClientId", "keys"), ("ClientAuthentication", new { Key = "key.jwk" }), ("BackchannelTrust", op.PathTo("ca.pem"))]);
        await File.WriteAllTextAsync(Path.Combine(config.Config, "key.jwk"), JsonSerializer.Serialize(new { jwk.Kty, jwk.Crv, jwk.X, jwk.Y, jwk.D }, Lower));

        Assert.Contains("key.jwk, a key without a certificate", (await config.CheckAsync())["keys"].Text, StringComparison.Ordinal);
    }
}
