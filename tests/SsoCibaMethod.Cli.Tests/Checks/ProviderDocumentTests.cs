using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Cli.Tests.Checks;

/// <summary>An OP's documents on disk, as an administrator was sent them: what is said of one that is no use, and of what it does not offer.</summary>
public class ProviderDocumentTests(SimulatedOp op) : IClassFixture<SimulatedOp>
{
    [Fact]
    public async Task With_the_keys_in_a_file_nothing_is_fetched()
    {
        using var config = OnDisk(document => document.Remove("jwks_uri"), await KeysAsync());

        var report = await config.CheckAsync();

        Assert.Equal(("ok", "ok", "ok"), (report["metadata"].Outcome, report["offer"].Outcome, report["client"].Outcome));
    }

    [Theory]
    [InlineData("[]", "not a key set")]
    [InlineData("""{ "keys": [] }""", "no key that could verify an ID token")]
    public async Task Keys_that_verify_nothing_are_an_error(string keys, string said)
    {
        using var config = OnDisk(document => document.Remove("jwks_uri"), keys);

        Assert.Contains(said, (await config.CheckAsync())["metadata"].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jwks_uri", null, "jwks_uri is missing or not an https address")]
    [InlineData("jwks_uri", "http://op.example/jwks", "jwks_uri is missing or not an https address")]
    [InlineData("token_endpoint", "http://op.example/token", "token_endpoint")]
    [InlineData("token_endpoint", null, "token_endpoint")]
    public async Task An_address_that_may_not_be_called_is_named(string member, string? value, string said)
    {
        using var config = OnDisk(document => document[member] = value);

        var report = await config.CheckAsync();

        Assert.Equal(("error", "skipped"), (report["metadata"].Outcome, report["client"].Outcome));
        Assert.Contains(said, report["metadata"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_discovery_document_is_named_by_its_file()
    {
        using var config = OnDisk(_ => { });
        await File.WriteAllTextAsync(Path.Combine(config.Config, "op.json"), "[]");

        var report = await config.CheckAsync();

        Assert.Contains("op.json: not a discovery document", report["metadata"].Text, StringComparison.Ordinal);
        Assert.Contains("no address of the OP is known", report["tls"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_beside_the_documents_that_is_not_there_is_an_error_of_its_own()
    {
        using var config = OnDisk(document => document["token_endpoint"] = "https://localhost:1/token");

        var tls = (await config.CheckAsync())["tls"];

        Assert.Equal("error", tls.Outcome);
        Assert.Contains("whether this machine may call it", tls.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "C-1")]
    public async Task An_OP_that_wants_signed_requests_is_a_warning_where_none_are_made()
    {
        using var unsigned = OnDisk(document => document["require_signed_request_object"] = true);
        using var indifferent = OnDisk(document => document["require_signed_request_object"] = false);

        Assert.Contains("RequestSigning:Algorithm", (await unsigned.CheckAsync())["offer"].Text, StringComparison.Ordinal);
        Assert.Equal("ok", (await indifferent.CheckAsync())["offer"].Outcome);
    }

    [Theory]
    [InlineData("RS256 PS256", "Ask the OP for ES256; it names RS256, PS256.")]
    [InlineData("RS256 ES256", "Make a key of the curve P-256")]
    public async Task The_cure_for_a_slow_assertion_is_one_that_the_OP_takes(string offered, string cure)
    {
        using var key = RSA.Create(2048);
        using var config = OnDisk(
            document =>
            {
                document["token_endpoint_auth_methods_supported"] = new JsonArray("private_key_jwt");
                document["token_endpoint_auth_signing_alg_values_supported"] = new JsonArray([.. offered.Split(' ')]);
            },
            settings: [("ClientAuthentication", new { Key = "rsa.pem", Algorithm = "RS256" })]);
        await File.WriteAllTextAsync(Path.Combine(config.Config, "rsa.pem"), key.ExportPkcs8PrivateKeyPem());

        Assert.Contains(cure, (await config.CheckAsync())["assertion"].Text, StringComparison.Ordinal);
    }

    private CheckedConfig OnDisk(Action<JsonObject> change, string? keys = null, params (string Name, object? Value)[] settings)
    {
        var document = new JsonObject
        {
            ["issuer"] = op.TlsAuthority,
            ["jwks_uri"] = op.TlsAuthority + "/jwks",
            ["token_endpoint"] = op.TlsAuthority + "/token",
            ["backchannel_authentication_endpoint"] = op.TlsAuthority + "/bc-authorize",
        };
        change(document);
        var own = op.TerminalSettings.Where(setting => settings.Length == 0 || setting.Name != "ClientSecret");
        var config = CheckedConfig.Of([.. own, ("ProviderMetadata", "op.json"), .. keys is null ? [] : new (string, object?)[] { ("ProviderJwks", "keys.json") }, .. settings]);
        File.WriteAllText(Path.Combine(config.Config, "op.json"), document.ToJsonString());
        if (keys is not null)
        {
            File.WriteAllText(Path.Combine(config.Config, "keys.json"), keys);
        }

        return config;
    }

    private async Task<string> KeysAsync()
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Get, op.Authority + "/jwks");
        using var response = await http.SendAsync(request, CancellationToken.None);
        return await response.Content.ReadAsStringAsync();
    }
}
