using System.Net;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Tests;

public sealed class ClientAssertionTests : IDisposable
{
    private static readonly TestSigner Key = new();

    private readonly SimulatorHost _op = new(options =>
    {
        options.Clients.Add(new("bank") { AuthenticationMethod = "private_key_jwt", Jwks = TestSigner.Jwks(Key) });
        options.Clients.Add(new("till") { AuthenticationMethod = "client_secret_jwt", Secret = TestSigner.Secret });
    });

    public void Dispose() => _op.Dispose();

    [Theory]
    [Trait("Spec", "T-22")]
    [InlineData("client-authentication+jwt", null)]
    [InlineData("JWT", null)]
    [InlineData(null, null)]
    [InlineData("at+jwt", "invalid_client")]
    public async Task The_type_is_right_or_absent(string? type, string? error) =>
        Assert.Equal(error, (await SendAsync(Assertion(type: type))).Error);

    [Theory]
    [Trait("Spec", "T-21")]
    [Trait("Spec", "T-23")]
    [InlineData("\"http://localhost/op\"", null)]
    [InlineData("[\"http://localhost/op\"]", "invalid_client")]
    [InlineData("[\"http://localhost/op\",\"other\"]", "invalid_client")]
    [InlineData("\"http://localhost/op/\"", "invalid_client")]
    [InlineData("\"http://localhost/op/token\"", "invalid_client")]
    [InlineData("\"http://localhost/op/bc-authorize\"", "invalid_client")]
    public async Task The_audience_is_the_issuer_as_one_string(string audience, string? error) =>
        Assert.Equal(error, (await SendAsync(Assertion(("aud", JsonSerializer.Deserialize<JsonElement>(audience))))).Error);

    [Theory]
    [Trait("Spec", "T-25")]
    [InlineData("iss", "till")]
    [InlineData("iss", null)]
    [InlineData("sub", "till")]
    [InlineData("sub", null)]
    [InlineData("jti", null)]
    [InlineData("exp", null)]
    [InlineData("exp", 0)]
    [InlineData("exp", 3601)]
    [InlineData("iat", 10)]
    [InlineData("nbf", 10)]
    public async Task Every_claim_counts(string claim, object? value)
    {
        var now = _op.Clock.GetUtcNow().ToUnixTimeSeconds();

        var answer = await SendAsync(Assertion((claim, value is int seconds ? now + seconds : value)));

        Assert.Equal("invalid_client", answer.Error);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Empty(answer.Headers.WwwAuthenticate);
    }

    [Fact]
    [Trait("Spec", "T-25")]
    public async Task No_assertion_is_accepted_twice_at_whichever_endpoint()
    {
        var assertion = Assertion();

        Assert.Null((await SendAsync(assertion)).Error);
        Assert.Equal("invalid_client", (await SendAsync(assertion)).Error);
        Assert.Equal("invalid_client", (await _op.PollAsync("some-id", Credentials(assertion))).Error);
    }

    [Fact]
    [Trait("Spec", "T-20")]
    public async Task A_forged_assertion_is_refused_and_spends_no_jti()
    {
        var good = Assertion();
        var forged = good[..(good.LastIndexOf('.') + 1)] + Base64UrlEncoder.Encode(new byte[64]);

        Assert.Equal("invalid_client", (await SendAsync(forged)).Error);
        Assert.Null((await SendAsync(good)).Error);
    }

    [Theory]
    [Trait("Spec", "K-52")]
    [InlineData("none")]
    [InlineData("HS256")]
    public async Task A_key_pair_cannot_be_talked_down(string algorithm) =>
        Assert.Equal("invalid_client", (await SendAsync(Assertion(algorithm: algorithm))).Error);

    [Fact]
    [Trait("Spec", "T-29")]
    public async Task A_secret_can_sign() =>
        Assert.Null((await SendAsync(Assertion([("iss", "till"), ("sub", "till")], algorithm: "HS256"))).Error);

    [Theory]
    [Trait("Spec", "T-26")]
    [InlineData("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer", "invalid_client")]
    [InlineData("client_assertion_type", null, "invalid_client")]
    [InlineData("client_assertion", "not.a.jwt", "invalid_client")]
    [InlineData("client_id", "till", "invalid_client")]
    [InlineData("client_id", "bank", null)]
    [InlineData("client_secret", TestSigner.Secret, "invalid_request")]
    public async Task What_stands_beside_the_assertion_must_fit(string parameter, string? value, string? error) =>
        Assert.Equal(error, (await _op.AskAsync([.. Credentials(Assertion()), (parameter, value)])).Error);

    private static (string Name, string? Value)[] Credentials(string assertion) =>
        [("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", assertion)];

    private Task<WireAnswer> SendAsync(string assertion) => _op.AskAsync(Credentials(assertion));

    private string Assertion((string Name, object? Value) claim) => Assertion([claim]);

    private string Assertion((string Name, object? Value)[]? claims = null, string? type = null, string algorithm = "ES256")
    {
        var payload = new Dictionary<string, object?>
        {
            ["iss"] = "bank",
            ["sub"] = "bank",
            ["aud"] = SimulatorHost.Issuer,
            ["jti"] = Guid.NewGuid().ToString(),
            ["exp"] = _op.Clock.GetUtcNow().ToUnixTimeSeconds() + 60,
        };
        foreach (var (name, value) in claims ?? [])
        {
            payload[name] = value;
        }

        return Key.Sign(new() { ["alg"] = algorithm, ["typ"] = type }, payload);
    }
}
