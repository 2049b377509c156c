using System.Security.Cryptography;
using System.Text.Json;

namespace SsoCibaMethod.Simulator.Tests;

public sealed class SignedRequestTests : IDisposable
{
    private static readonly TestSigner Key = new();
    private static readonly TestSigner First = new("first");
    private static readonly TestSigner Second = new("second", RSA.Create(2048));

    private readonly SimulatorHost _op = new(options =>
    {
        options.Clients.Add(Client("bank", TestSigner.Jwks(Key)));
        options.Clients.Add(Client("till", TestSigner.Jwks(First, Second), "PS256"));
    });

    private static (string Name, string? Value)[] Credentials => [("client_id", "bank"), ("client_secret", "other")];

    public void Dispose() => _op.Dispose();

    [Fact]
    [Trait("Spec", "C-30")]
    [Trait("Spec", "C-32")]
    public async Task Everything_can_be_said_inside()
    {
        var answer = await SendAsync(Request(
            ("binding_message", "W4SCT"), ("acr_values", "loa3"), ("requested_expiry", 60), ("resource", new[] { "https://a.example", "https://b.example" }),
            ("request_context", new { device = "till" }), ("client_id", "bank"),
            ("authorization_details", new object[] { new { type = "payment_initiation", creditorName = "Shop", instructedAmount = new { amount = "1", currency = "EUR" } } })));

        Assert.Null(answer.Error);
        var request = Assert.Single(_op.Simulator.Requests);
        Assert.True(request.IsSigned);
        Assert.Equal("W4SCT", request.BindingMessage);
        Assert.Equal(["loa3"], request.AcrValues);
        Assert.Equal(60, request.RequestedExpiry);
        Assert.Equal(["https://a.example", "https://b.example"], request.Resources);
        Assert.Equal("till", request.RequestContext!.Value.GetProperty("device").GetString());
        Assert.Equal("Shop", request.AuthorizationDetails!.Value[0].GetProperty("creditorName").GetString());
    }

    [Theory]
    [Trait("Spec", "C-30")]
    [InlineData("requested_expiry", "90", null)]
    [InlineData("requested_expiry", 1.5, "The requested_expiry is not a positive integer.")]
    [InlineData("requested_expiry", true, "The requested_expiry is not a positive integer.")]
    [InlineData("login_hint", 7, "The login_hint of the request object is not a string.")]
    [InlineData("scope", new[] { "openid" }, "The scope of the request object is not a string.")]
    [InlineData("request_context", "{}", "The request_context is not a JSON object.")]
    [InlineData("max_age", "60", "The max_age of the request object is not a number.")]
    [InlineData("max_age", 60, null)]
    [InlineData("unknown", false, null)]
    [Trait("Spec", "K-10")]
    [InlineData("sub", "bank", "The sub of the request object is the client_id.")]
    [InlineData("sub", "alice", null)]
    [InlineData("request", "e30.e30.", "The request object holds another request.")]
    [InlineData("request_uri", "https://bank.example/request", "The request object holds another request.")]
    [InlineData("client_id", "till", "The client_id of the request object is not that of the client.")]
    [InlineData("iss", "till", "The iss of the request object is not the client_id.")]
    [InlineData("iss", null, "The iss of the request object is not the client_id.")]
    [InlineData("aud", null, "The aud of the request object does not hold the issuer.")]
    [InlineData("aud", "http://localhost/op/bc-authorize", "The aud of the request object does not hold the issuer.")]
    [InlineData("aud", new[] { "http://localhost/op", "https://other.example" }, null)]
    [InlineData("jti", null, "The request object has no jti.")]
    [InlineData("jti", "", "The request object has no jti.")]
    [InlineData("exp", null, "The request object has no exp.")]
    [InlineData("nbf", null, "The request object has no nbf.")]
    [InlineData("iat", null, "The request object has no iat.")]
    public async Task Every_claim_counts(string claim, object? value, string? reason) =>
        Assert.Equal(reason, Reason(await SendAsync(Request((claim, value)))));

    [Theory]
    [Trait("Spec", "F-2")]
    [InlineData("exp", 0, "The request object has expired.")]
    [InlineData("exp", 3600, null)]
    [InlineData("exp", 3601, "The exp of the request object is more than 60 minutes ahead.")]
    [InlineData("nbf", 1, "The nbf of the request object lies in the future.")]
    [InlineData("nbf", -3600, null)]
    [InlineData("nbf", -3601, "The nbf of the request object is more than 60 minutes ago.")]
    [InlineData("iat", 1, "The iat of the request object lies in the future.")]
    public async Task Times_are_near(string claim, int seconds, string? reason) =>
        Assert.Equal(reason, Reason(await SendAsync(Request((claim, Now + seconds)))));

    [Theory]
    [Trait("Spec", "C-31")]
    [Trait("Spec", "C-36")]
    [InlineData("alg", "none", "The alg of the request object is not one of those offered.")]
    [InlineData("alg", "HS256", "The alg of the request object is not one of those offered.")]
    [InlineData("alg", "ES384", "The alg of the request object is not one of those offered.")]
    [InlineData("typ", null, null)]
    [InlineData("typ", "JWT", "The typ of the request object is not oauth-authz-req+jwt.")]
    [InlineData("typ", "client-authentication+jwt", "The typ of the request object is not oauth-authz-req+jwt.")]
    [InlineData("crit", new[] { "b64" }, "The request object has critical headers.")]
    public async Task Every_header_counts(string header, object? value, string? reason) =>
        Assert.Equal(reason, Reason(await SendAsync(Key.Sign(new() { ["alg"] = "ES256", ["typ"] = "oauth-authz-req+jwt", [header] = value }, Claims()))));

    [Theory]
    [Trait("Spec", "C-32")]
    [Trait("Spec", "K-11")]
    [InlineData("scope", "openid")]
    [InlineData("login_hint", "alice")]
    [InlineData("binding_message", "W4SCT")]
    [InlineData("acr_values", "loa2")]
    [InlineData("user_code", "1234")]
    [InlineData("requested_expiry", "60")]
    [InlineData("client_notification_token", "a-token-that-is-long-enough")]
    [InlineData("request_context", "{}")]
    [InlineData("authorization_details", "[]")]
    public async Task Nothing_of_it_stands_outside(string parameter, string value) =>
        Assert.Equal(
            "A parameter of the authentication request stands outside the request object.", Reason(await SendAsync(Request(), (parameter, value))));

    [Fact]
    [Trait("Spec", "C-37")]
    public async Task It_takes_the_place_of_no_client_authentication() =>
        Assert.Equal("invalid_client", (await _op.SendAsync("bc-authorize", ("client_id", "bank"), ("request", Request()))).Error);

    [Fact]
    [Trait("Spec", "C-31")]
    public async Task A_forged_one_is_refused_and_spends_no_jti()
    {
        var good = Request();

        Assert.Equal("The signature of the request object is not valid.", Reason(await SendAsync(First.Sign(Header(), Claims(("jti", "one"))))));
        Assert.Null(Reason(await SendAsync(good)));
        Assert.Equal("The jti of the request object has been used before.", Reason(await SendAsync(good)));
        Assert.Null(Reason(await SendAsync(Request(("jti", "one")))));
    }

    [Theory]
    [Trait("Spec", "C-33")]
    [InlineData("a.b.c.d.e")]
    [InlineData("e30.e30.")]
    [InlineData("request")]
    public async Task Only_a_signed_JWT_is_read(string request) => Assert.NotNull(Reason(await SendAsync(request)));

    [Fact]
    [Trait("Spec", "C-12")]
    public async Task The_rules_of_the_request_hold_inside_too()
    {
        Assert.Equal("invalid_request", (await SendAsync(Request(("login_hint_token", _op.Simulator.CreateLoginHintToken("alice"))))).Error);
        Assert.Equal("invalid_scope", (await SendAsync(Request(("scope", "profile")))).Error);
        Assert.Equal("unknown_user_id", (await SendAsync(Request(("login_hint", "nobody")))).Error);
    }

    [Fact]
    [Trait("Spec", "C-4")]
    [Trait("Spec", "C-34")]
    public async Task A_client_that_registered_it_must_sign_by_its_algorithm_and_name_its_key()
    {
        (string, string?)[] credentials = [("client_id", "till"), ("client_secret", "other")];
        var claims = Claims(("iss", "till"));

        Assert.Equal("This client must sign its requests.", Reason(await _op.AskAsync(credentials)));
        Assert.Equal("The alg of the request object is not the one this client registered.", Reason(await TillAsync(First, "ES256", "first")));
        Assert.Equal("The request object does not say by kid which of the registered keys signed it.", Reason(await TillAsync(Second, "PS256", null)));
        Assert.Null(Reason(await TillAsync(Second, "PS256", "second")));

        Task<WireAnswer> TillAsync(TestSigner key, string algorithm, string? keyId) => _op.SendAsync(
            "bc-authorize", [.. credentials, ("request", key.Sign(new() { ["alg"] = algorithm, ["kid"] = keyId }, claims))]);
    }

    [Fact]
    [Trait("Spec", "C-1")]
    public async Task What_is_offered_stands_in_the_metadata()
    {
        Assert.Equal(["ES256", "PS256"], await OfferedAsync());
        _op.Simulator.Options.RequestSigningAlgorithms = [];

        Assert.Null(await OfferedAsync());
        Assert.Equal("invalid_request", (await SendAsync(Request())).Error);
        Assert.Throws<ArgumentException>(() => _op.Simulator.Options.RequestSigningAlgorithms = ["HS256"]);
    }

    private static CibaSimulatorClient Client(string id, string jwks, string? required = null) => new(id)
    {
        Secret = "other",
        AuthenticationMethod = "client_secret_post",
        Jwks = jwks,
        RequestSigningAlg = required,
        RequiresSignedRequests = required is not null,
    };

    private static string? Reason(WireAnswer answer) => answer.Error is null ? null : answer.Text("error_description");

    private static Dictionary<string, object?> Header() => new() { ["alg"] = "ES256", ["typ"] = "oauth-authz-req+jwt" };

    private long Now => _op.Clock.GetUtcNow().ToUnixTimeSeconds();

    private string Request(params (string Name, object? Value)[] claims) => Key.Sign(Header(), Claims(claims));

    private Dictionary<string, object?> Claims(params (string Name, object? Value)[] claims)
    {
        var all = new Dictionary<string, object?>
        {
            ["iss"] = "bank",
            ["aud"] = SimulatorHost.Issuer,
            ["exp"] = Now + 300,
            ["iat"] = Now,
            ["nbf"] = Now,
            ["jti"] = Guid.NewGuid().ToString(),
            ["scope"] = "openid",
            ["login_hint"] = "alice",
        };
        foreach (var (name, value) in claims)
        {
            all[name] = value;
        }

        return all;
    }

    private Task<WireAnswer> SendAsync(string request, params (string Name, string? Value)[] beside) =>
        _op.SendAsync("bc-authorize", [.. Credentials, ("request", request), .. beside]);

    private async Task<IEnumerable<string?>?> OfferedAsync()
    {
        var metadata = JsonDocument.Parse(await _op.Http.GetStringAsync("/op/.well-known/openid-configuration")).RootElement;
        return metadata.TryGetProperty("backchannel_authentication_request_signing_alg_values_supported", out var offered)
            ? [.. offered.EnumerateArray().Select(value => value.GetString())]
            : null;
    }
}
