using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client.Tests;

/// <summary>An authentication request as a signed JWT (CIBA Core §7.1.1).</summary>
[Trait("Spec", "C-30")]
public sealed class SignedRequestTests : IDisposable
{
    private const string NotificationToken = "0123456789-._~+/abcdef==";

    private static readonly string[] OwnClaims = ["aud", "client_id", "exp", "iat", "iss", "jti", "nbf"];

    private static readonly BackchannelAuthenticationRequest Everything = new()
    {
        LoginHint = "+358 40/é",
        BindingMessage = "W4SC",
        UserCode = "p+n",
        RequestedExpiry = TimeSpan.FromSeconds(200.9),
        AcrValues = ["high", "low"],
        Scope = ["openid", "payments"],
        ClientNotificationToken = NotificationToken,
        Resources = ["https://a.example", "https://b.example"],
        AuthorizationDetails = new JsonArray(new JsonObject { ["type"] = "payment", ["amount"] = 12.50m }),
        RequestContext = new JsonObject { ["ip"] = "192.0.2.7" },
        Parameters = new Dictionary<string, JsonNode?> { ["max_age"] = 300, ["txn"] = true, ["ui_locales"] = "fi", ["nothing"] = null },
    };

    private readonly Stage _stage = new() { Authentication = Authentications.PrivateKey() };

    public SignedRequestTests()
    {
        _stage.Op.Metadata["backchannel_user_code_parameter_supported"] = true;
        _stage.Op.Metadata["backchannel_token_delivery_modes_supported"] = new JsonArray("poll", "ping");
        _stage.Op.Metadata["backchannel_authentication_request_signing_alg_values_supported"] = new JsonArray("ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "RS256");
    }

    private static IReadOnlyList<ClientAuthentication> All => [.. Authentications.All, new TlsClientAuth(), new SelfSignedTlsClientAuth()];

    public static TheoryData<int> Ways => new(Enumerable.Range(0, All.Count));

    [Theory]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("RS256")]
    [Trait("Spec", "C-31")]
    [Trait("Spec", "C-34")]
    [Trait("Spec", "C-36")]
    [Trait("Spec", "K-10")]
    public async Task It_is_signed_with_the_named_key_and_names_client_and_issuer(string algorithm)
    {
        var sent = await SendAsync(Stage.Johndoe, Signing(algorithm));

        Assert.Equal((algorithm, "oauth-authz-req+jwt", "request-key"), (sent.Algorithm, sent.Header.GetProperty("typ").GetString(), sent.Header.GetProperty("kid").GetString()));
        Assert.Equal(["alg", "kid", "typ"], sent.Header.EnumerateObject().Select(member => member.Name).Order());
        Assert.True(algorithm[0] == 'E' ? sent.IsSignedBy(Curve(algorithm)) : sent.IsSignedBy(TestKeys.Rsa));
        Assert.Equal((TestToken.ClientId, TestToken.ClientId), (sent["iss"], sent["client_id"]));
        Assert.Equal(FakeOp.Issuer, sent["aud"]);
    }

    [Fact]
    [Trait("Spec", "C-32")]
    [Trait("Spec", "C-37")]
    [Trait("Spec", "K-11")]
    public async Task The_whole_request_stands_inside_and_only_client_authentication_outside()
    {
        var sent = await SendAsync(Everything, Signing("ES256"), mode: TokenDeliveryMode.Ping);

        Assert.Equal(["client_assertion", "client_assertion_type", "client_id", "request"], _stage.Op.Last.Form.Keys);
        Assert.Equal(
            [
                "acr_values", "authorization_details", "binding_message", "client_notification_token", "login_hint", "max_age", "request_context", "requested_expiry", "resource", "scope", "txn",
                "ui_locales", "user_code",
            ],
            sent.ClaimNames.Except(OwnClaims));
    }

    [Fact]
    [Trait("Spec", "I-2")]
    public async Task The_claims_are_texts_and_extensions_keep_their_type()
    {
        var sent = await SendAsync(Everything, Signing("ES256"), mode: TokenDeliveryMode.Ping);

        var claims = JsonNode.Parse(sent.Claims.GetRawText())!.AsObject();
        foreach (var own in OwnClaims)
        {
            claims.Remove(own);
        }

        var expected = JsonNode.Parse("""
            {
              "login_hint": "+358 40/é", "binding_message": "W4SC", "user_code": "p+n", "requested_expiry": "200", "acr_values": "high low", "scope": "openid payments",
              "client_notification_token": "0123456789-._~+/abcdef==", "resource": ["https://a.example", "https://b.example"],
              "authorization_details": [{ "type": "payment", "amount": 12.50 }], "request_context": { "ip": "192.0.2.7" }, "max_age": 300, "txn": true, "ui_locales": "fi"
            }
            """);
        Assert.True(JsonNode.DeepEquals(expected, claims), claims.ToJsonString());
    }

    [Fact]
    [Trait("Spec", "T-66")]
    public async Task A_single_resource_is_a_text()
    {
        var sent = await SendAsync(new BackchannelAuthenticationRequest { LoginHint = "johndoe", Resources = ["https://a.example"] }, Signing("ES256"));

        Assert.Equal("https://a.example", sent["resource"]);
    }

    [Fact]
    [Trait("Spec", "C-35")]
    public async Task It_could_not_pass_for_a_client_assertion()
    {
        var sent = await SendAsync(Everything, Signing("ES256"), mode: TokenDeliveryMode.Ping);

        Assert.DoesNotContain("sub", sent.ClaimNames);
        Assert.DoesNotContain("request", sent.ClaimNames);
        Assert.DoesNotContain("request_uri", sent.ClaimNames);
    }

    [Theory]
    [InlineData(null, 300)]
    [InlineData(60, 60)]
    [InlineData(3600, 3600)]
    [Trait("Spec", "F-2")]
    [Trait("Spec", "F-16")]
    public async Task It_lives_as_long_as_set_and_begins_a_little_before_now(int? lifetime, long seconds)
    {
        var signing = Signing("ES256");
        var sent = await SendAsync(Stage.Johndoe, lifetime is { } set ? signing with { Lifetime = TimeSpan.FromSeconds(set) } : signing);

        Assert.Equal(TestToken.At(TimeSpan.Zero), sent.Number("iat"));
        Assert.Equal(TestToken.At(TimeSpan.FromSeconds(-10)), sent.Number("nbf"));
        Assert.Equal(seconds, sent.Number("exp") - sent.Number("nbf"));
    }

    [Theory]
    [InlineData(59)]
    [InlineData(3601)]
    [Trait("Spec", "F-2")]
    public void A_lifetime_beyond_an_hour_or_below_a_minute_is_refused(int seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Signing("ES256") with { Lifetime = TimeSpan.FromSeconds(seconds) });

    [Fact]
    [Trait("Spec", "C-31")]
    public async Task Every_request_has_an_id_of_its_own()
    {
        var ids = new List<string?>();
        for (var i = 0; i < 50; i++)
        {
            ids.Add((await SendAsync(Stage.Johndoe, Signing("ES256")))["jti"]);
        }

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(id!.Length >= 22, "128 bits"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    [Trait("Spec", "C-32")]
    [Trait("Spec", "I-2")]
    public async Task The_client_s_id_stands_outside_with_every_client_authentication(int way)
    {
        await SendAsync(Stage.Johndoe, Signing("PS256"), All[way]);

        Assert.Equal(TestToken.ClientId, _stage.Op.Last.Form["client_id"]);
        Assert.Equal(["client_id", "request"], _stage.Op.Last.Form.Keys.Where(name => !name.StartsWith("client_assertion", StringComparison.Ordinal) && name != "client_secret"));
    }

    [Fact]
    [Trait("Spec", "C-31")]
    public void A_secret_and_no_signature_at_all_are_refused()
    {
        var secret = new SymmetricSecurityKey(new byte[64]);

        Assert.Throws<ArgumentException>(() => new RequestSigning(new SigningCredentials(secret, "HS256")));
        Assert.Throws<ArgumentException>(() => new RequestSigning(new SigningCredentials(secret, "ES256")));
        Assert.Contains("none", Assert.Throws<ArgumentException>(() => new RequestSigning(new SigningCredentials(new RsaSecurityKey(TestKeys.Rsa), "none"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "no backchannel_authentication_request_signing_alg_values_supported")]
    [InlineData("[]", "no backchannel_authentication_request_signing_alg_values_supported")]
    [InlineData("""["PS256"]""", "does not offer ES256")]
    [Trait("Spec", "C-1")]
    [Trait("Spec", "C-7")]
    public async Task An_OP_that_does_not_offer_it_is_named_and_nothing_is_sent(string? offered, string named)
    {
        _stage.Op.Metadata.Remove("backchannel_authentication_request_signing_alg_values_supported");
        if (offered is not null)
        {
            _stage.Op.Metadata["backchannel_authentication_request_signing_alg_values_supported"] = JsonNode.Parse(offered);
        }

        Use(Signing("ES256"), _stage.Authentication, default);
        var fault = Assert.IsType<BackchannelAuthenticationResponse.ProtocolFault>(await _stage.Client.StartAsync(Stage.Johndoe)).Fault;

        Assert.Contains(named, fault, StringComparison.Ordinal);
        Assert.Contains("setting RequestSigning", fault, StringComparison.Ordinal);
        Assert.DoesNotContain(_stage.Op.Seen, exchange => exchange.Method == HttpMethod.Post);
    }

    [Fact]
    [Trait("Spec", "S-52")]
    public async Task What_is_inside_and_the_whole_of_it_are_taken_out_of_an_error()
    {
        _stage.Op.Backchannel = (exchange, _) => Task.FromResult(FakeOp.Json(
            400, JsonSerializer.Serialize(new { error = "invalid_request", error_description = $"{Everything.LoginHint} {Everything.UserCode} {NotificationToken} 192.0.2.7 {exchange.Form["request"]}" })));
        Use(Signing("ES256"), _stage.Authentication, TokenDeliveryMode.Ping);

        var error = Assert.IsType<BackchannelAuthenticationResponse.Refused>(await _stage.Client.StartAsync(Everything)).Error;

        Assert.Equal("*** *** *** *** ***", error.Description);
    }

    public void Dispose() => _stage.Dispose();

    private static RequestSigning Signing(string algorithm)
    {
        SecurityKey key = algorithm[0] == 'E' ? new ECDsaSecurityKey(Curve(algorithm)) : new RsaSecurityKey(TestKeys.Rsa);
        key.KeyId = "request-key";
        return new RequestSigning(new SigningCredentials(key, algorithm));
    }

    private static System.Security.Cryptography.ECDsa Curve(string algorithm) => algorithm switch
    {
        "ES256" => TestKeys.P256,
        "ES384" => TestKeys.P384,
        _ => TestKeys.P521,
    };

    private void Use(RequestSigning signing, ClientAuthentication authentication, TokenDeliveryMode mode) => _stage.Settings ??=
        new CibaClientSettings { ClientId = TestToken.ClientId, Authentication = authentication, RequestSigning = signing, TokenDeliveryMode = mode };

    private async Task<SentJwt> SendAsync(BackchannelAuthenticationRequest request, RequestSigning signing, ClientAuthentication? authentication = null, TokenDeliveryMode mode = default)
    {
        Use(signing, authentication ?? _stage.Authentication, mode);
        Assert.IsType<BackchannelAuthenticationResponse.Acknowledged>(await _stage.Client.StartAsync(request));
        return SentJwt.Parse(_stage.Op.Last.Form["request"]);
    }
}
