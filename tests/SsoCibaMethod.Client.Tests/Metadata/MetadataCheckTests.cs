using System.Text.Json.Nodes;

namespace SsoCibaMethod.Client.Tests;

/// <summary>What an OP says of itself is held against the settings; every fault is named, all at once (C-7, K-55).</summary>
[Trait("Spec", "C-7")]
[Trait("Spec", "K-55")]
public sealed class MetadataCheckTests : IDisposable
{
    private readonly FakeOp _op = new();

    public static TheoryData<string, string, string> Mismatches => new()
    {
        { "issuer", "\"https://other.example\"", "https://op.example is configured" },
        { "issuer", "\"https://op.example.evil\"", "https://op.example is configured" },
        { "issuer", "\"https://OP.example\"", "https://op.example is configured" },
        { "issuer", "\"\"", "has no issuer" },
        { "backchannel_authentication_endpoint", "null", "has no backchannel_authentication_endpoint" },
        { "backchannel_authentication_endpoint", "\"http://op.example/bc\"", "backchannel_authentication_endpoint is not an https address" },
        { "backchannel_authentication_endpoint", "\"/bc\"", "backchannel_authentication_endpoint is not an https address" },
        { "backchannel_authentication_endpoint", "\"https://user:pass@op.example/bc\"", "backchannel_authentication_endpoint is not an https address" },
        { "backchannel_authentication_endpoint", "\"file:///etc/passwd\"", "backchannel_authentication_endpoint is not an https address" },
        { "token_endpoint", "null", "has no token_endpoint" },
        { "token_endpoint", "\"http://localhost.example/token\"", "token_endpoint is not an https address" },
        { "token_endpoint", "\"https://op.example/token#x\"", "token_endpoint is not an https address" },
        { "backchannel_token_delivery_modes_supported", """["ping","push"]""", "does not offer poll" },
        { "grant_types_supported", """["authorization_code"]""", "does not offer urn:openid:params:grant-type:ciba" },
        { "token_endpoint_auth_methods_supported", """["private_key_jwt"]""", "ClientAuthentication:Method" },
        { "id_token_signing_alg_values_supported", """["RS256"]""", "IdTokenSigningAlgorithms" },
    };

    [Theory]
    [MemberData(nameof(Mismatches))]
    public async Task A_mismatch_is_named(string member, string value, string named)
    {
        _op.Metadata[member] = JsonNode.Parse(value);
        if (value == "null")
        {
            _op.Metadata.Remove(member);
        }

        var fault = Assert.Single(Assert.IsType<ProviderMetadataResult.Mismatch>(await GetAsync()).Faults);

        Assert.Contains(named, fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_faults_are_reported_at_once()
    {
        _op.Metadata["issuer"] = "https://other.example";
        _op.Metadata["token_endpoint"] = "http://op.example/token";
        _op.Metadata.Remove("backchannel_authentication_endpoint");
        _op.Metadata["backchannel_token_delivery_modes_supported"] = new JsonArray("push");
        _op.Metadata["id_token_signing_alg_values_supported"] = new JsonArray("ES256");

        Assert.Equal(5, Assert.IsType<ProviderMetadataResult.Mismatch>(await GetAsync()).Faults.Count);
    }

    [Fact]
    public async Task An_algorithm_of_the_client_s_signature_that_is_not_offered_is_named()
    {
        _op.Metadata["token_endpoint_auth_signing_alg_values_supported"] = new JsonArray("PS256");

        var fault = Assert.Single(Assert.IsType<ProviderMetadataResult.Mismatch>(await GetAsync(Authentications.PrivateKey())).Faults);

        Assert.Contains("ClientAuthentication:Algorithm", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TokenDeliveryMode.Ping, "ping")]
    [InlineData(TokenDeliveryMode.Push, "push")]
    [Trait("Spec", "C-1")]
    [Trait("Spec", "C-5")]
    public async Task The_delivery_mode_must_be_offered(TokenDeliveryMode mode, string name)
    {
        var fault = Assert.Single(Assert.IsType<ProviderMetadataResult.Mismatch>(await GetAsync(mode: mode)).Faults);
        Assert.Contains($"does not offer {name} (backchannel_token_delivery_modes_supported: poll); change the setting TokenDeliveryMode", fault, StringComparison.Ordinal);

        _op.Metadata["backchannel_token_delivery_modes_supported"] = new JsonArray(name);
        Assert.IsType<ProviderMetadataResult.Usable>(await GetAsync(mode: mode));
    }

    [Theory]
    [InlineData(TokenDeliveryMode.Poll, false)]
    [InlineData(TokenDeliveryMode.Ping, false)]
    [InlineData(TokenDeliveryMode.Push, true)]
    [Trait("Spec", "C-2")]
    public async Task Push_alone_needs_no_CIBA_grant(TokenDeliveryMode mode, bool isUsable)
    {
        _op.Metadata["backchannel_token_delivery_modes_supported"] = new JsonArray("poll", "ping", "push");
        _op.Metadata["grant_types_supported"] = new JsonArray("authorization_code");

        Assert.Equal(isUsable, await GetAsync(mode: mode) is ProviderMetadataResult.Usable);
    }

    [Theory]
    [InlineData("https://op.example/")]
    [InlineData("https://op.example")]
    [Trait("Spec", "K-3")]
    public async Task A_final_slash_apart_the_issuer_is_the_expected_one_and_kept_to_the_letter(string issuer)
    {
        _op.Metadata["issuer"] = issuer;

        Assert.Equal(issuer, Assert.IsType<ProviderMetadataResult.Usable>(await GetAsync()).Metadata.Issuer);
    }

    [Fact]
    [Trait("Spec", "K-3")]
    public async Task Lists_that_are_absent_and_an_authorization_endpoint_that_is_absent_are_no_fault()
    {
        _op.Metadata.Remove("backchannel_token_delivery_modes_supported");
        _op.Metadata.Remove("grant_types_supported");

        var metadata = Assert.IsType<ProviderMetadataResult.Usable>(await GetAsync()).Metadata;

        Assert.False(_op.Metadata.ContainsKey("authorization_endpoint"));
        Assert.False(metadata.UserCodeSupported);
        Assert.Empty(metadata.IdTokenSigningAlgorithms);
    }

    [Theory]
    [InlineData("id_token_encryption_alg_values_supported", """["RSA1_5","dir"]""", "IdTokenDecryption:Algorithms")]
    [InlineData("id_token_encryption_enc_values_supported", """["A192GCM"]""", "IdTokenDecryption:ContentEncryption")]
    [InlineData("id_token_encryption_alg_values_supported", """["RSA1_5","ECDH-ES"]""", null)]
    [InlineData("id_token_encryption_enc_values_supported", "[]", null)]
    [Trait("Spec", "T-13")]
    public async Task The_encryption_agreed_on_must_be_one_that_the_OP_offers(string member, string value, string? named)
    {
        _op.Metadata[member] = JsonNode.Parse(value);
        var settings = new CibaClientSettings
        {
            ClientId = TestToken.ClientId,
            Authentication = new ClientSecretPost(TestKeys.Secret),
            IdTokenSigningAlgorithms = ["PS256"],
            IdTokenDecryption = Decryptions.All,
        };

        var result = await GetAsync(settings);

        if (named is null)
        {
            Assert.IsType<ProviderMetadataResult.Usable>(result);
        }
        else
        {
            Assert.Contains(named, Assert.Single(Assert.IsType<ProviderMetadataResult.Mismatch>(result).Faults), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("http://localhost:5080/op/token")]
    [InlineData("http://127.0.0.1:5080/op/token")]
    [InlineData("http://[::1]/op/token")]
    public async Task Http_to_this_machine_is_allowed(string endpoint)
    {
        _op.Metadata["token_endpoint"] = endpoint;

        Assert.Equal(endpoint, Assert.IsType<ProviderMetadataResult.Usable>(await GetAsync()).Metadata.TokenEndpoint.OriginalString);
    }

    [Fact]
    public async Task Configured_endpoints_replace_those_of_the_document()
    {
        _op.Metadata.Remove("token_endpoint");

        var metadata = Assert.IsType<ProviderMetadataResult.Usable>(await GetAsync(tokenEndpoint: "https://proxy.example/token")).Metadata;

        Assert.Equal("https://proxy.example/token", metadata.TokenEndpoint.OriginalString);
    }

    [Theory]
    [InlineData("http://proxy.example/token")]
    [InlineData("file:///token")]
    [Trait("Spec", "S-50")]
    public async Task A_configured_endpoint_that_is_not_https_is_a_fault(string endpoint)
    {
        var fault = Assert.Single(Assert.IsType<ProviderMetadataResult.Mismatch>(await GetAsync(tokenEndpoint: endpoint)).Faults);

        Assert.Contains("Endpoints:Token", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://op.example/.well-known/openid-configuration")]
    [InlineData("ftp://op.example/metadata")]
    [Trait("Spec", "S-50")]
    public void A_metadata_address_that_is_not_https_is_a_fault(string address)
    {
        using var invoker = new HttpMessageInvoker(_op, disposeHandler: false);
        var settings = new ProviderMetadataSettings { Client = Settings(new ClientSecretPost("s")), MetadataAddress = new Uri(address) };

        Assert.Contains("https", Assert.Throws<ArgumentException>(() => new ProviderMetadataSource(settings, invoker)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _op.Dispose();

    private static CibaClientSettings Settings(ClientAuthentication authentication, TokenDeliveryMode mode = default) =>
        new() { ClientId = TestToken.ClientId, Authentication = authentication, IdTokenSigningAlgorithms = ["PS256"], TokenDeliveryMode = mode };

    private Task<ProviderMetadataResult> GetAsync(ClientAuthentication? authentication = null, string? tokenEndpoint = null, TokenDeliveryMode mode = default) =>
        GetAsync(Settings(authentication ?? new ClientSecretPost(TestKeys.Secret), mode), tokenEndpoint);

    private async Task<ProviderMetadataResult> GetAsync(CibaClientSettings client, string? tokenEndpoint = null)
    {
        using var invoker = new HttpMessageInvoker(_op, disposeHandler: false);
        var settings = new ProviderMetadataSettings
        {
            Client = client,
            ExpectedIssuer = FakeOp.Issuer,
            MetadataAddress = new Uri($"{FakeOp.Issuer}/.well-known/openid-configuration"),
            TokenEndpoint = tokenEndpoint is null ? null : new Uri(tokenEndpoint),
        };
        return await new ProviderMetadataSource(settings, invoker).GetAsync();
    }
}
