using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Tests;

public sealed class DPoPTests : IDisposable
{
    private static readonly TestSigner Key = new();

    private readonly SimulatorHost _op = new(options =>
        options.Clients.Add(new("bound") { Secret = "other", AuthenticationMethod = "client_secret_post", DPoPBoundAccessTokens = true }));

    public void Dispose() => _op.Dispose();

    [Fact]
    [Trait("Spec", "T-60")]
    [Trait("Spec", "T-61")]
    public async Task A_proof_binds_the_tokens_to_its_key()
    {
        var tokens = await RedeemAsync();

        Assert.Equal("DPoP", tokens.Text("token_type"));
        var claims = JsonDocument.Parse(Base64UrlEncoder.Decode(tokens.Text("access_token").Split('.')[1])).RootElement;
        var jwk = new JsonWebKey(JsonSerializer.Serialize(Key.PublicJwk));
        Assert.Equal(Base64UrlEncoder.Encode(jwk.ComputeJwkThumbprint()), claims.GetProperty("cnf").GetProperty("jkt").GetString());
    }

    [Fact]
    [Trait("Spec", "T-60")]
    public async Task A_bound_token_is_good_only_with_a_proof_for_it()
    {
        var token = (await RedeemAsync()).Text("access_token");

        Assert.Equal(HttpStatusCode.OK, await UserInfoAsync("DPoP", token, Proof("userinfo", "GET", token)));
        Assert.Equal(HttpStatusCode.Unauthorized, await UserInfoAsync("DPoP", token, proof: null));
        Assert.Equal(HttpStatusCode.Unauthorized, await UserInfoAsync("Bearer", token, Proof("userinfo", "GET", token)));
        Assert.Equal(HttpStatusCode.Unauthorized, await UserInfoAsync("DPoP", token, Proof("userinfo", "GET", "another token")));
        Assert.Equal(HttpStatusCode.Unauthorized, await UserInfoAsync("DPoP", token, Proof("userinfo", "GET", token, signer: new())));
    }

    [Theory]
    [Trait("Spec", "T-60")]
    [InlineData("jti", null, "The proof has no jti.")]
    [InlineData("htm", "GET", "The htm of the proof is not the method of the request.")]
    [InlineData("htu", "http://localhost/op/userinfo", "The htu of the proof is not the address of the request.")]
    [InlineData("htu", "http://localhost/op/token?a=b#c", null)]
    [InlineData("htu", "HTTP://LOCALHOST:80/op/token", null)]
    [InlineData("iat", null, "The iat of the proof is more than a minute ago, or in the future.")]
    [InlineData("iat", -61, "The iat of the proof is more than a minute ago, or in the future.")]
    [InlineData("iat", 11, "The iat of the proof is more than a minute ago, or in the future.")]
    [InlineData("iat", 10, null)]
    public async Task Every_claim_counts(string claim, object? value, string? reason)
    {
        var now = _op.Clock.GetUtcNow().ToUnixTimeSeconds();

        Assert.Equal(reason, await ReasonAsync(Proof("token", claims: (claim, value is int seconds ? now + seconds : value))));
    }

    [Theory]
    [Trait("Spec", "T-60")]
    [InlineData("typ", "JWT")]
    [InlineData("typ", null)]
    [InlineData("jwk", null)]
    [InlineData("jwk", "text")]
    [InlineData("alg", "none")]
    [InlineData("alg", "HS256")]
    [InlineData("crit", "b64")]
    public async Task Every_header_counts(string header, object? value) =>
        Assert.NotNull(await ReasonAsync(Proof("token", header: (header, value))));

    [Fact]
    [Trait("Spec", "T-60")]
    public async Task A_private_key_or_somebody_elses_is_refused()
    {
        var other = new TestSigner();
        var secret = JsonSerializer.SerializeToNode(Key.PublicJwk)!;
        secret["d"] = "AAAA";

        Assert.NotNull(await ReasonAsync(Proof("token", header: ("jwk", secret))));
        Assert.NotNull(await ReasonAsync(Proof("token", header: ("jwk", other.PublicJwk))));
    }

    [Fact]
    [Trait("Spec", "T-60")]
    public async Task A_proof_is_good_once()
    {
        var proof = Proof("token");

        Assert.Null(await ReasonAsync(proof));
        Assert.Equal("The jti of the proof has been used before.", await ReasonAsync(proof));
    }

    [Fact]
    [Trait("Spec", "T-62")]
    public async Task A_nonce_is_asked_for_and_a_missing_one_is_no_poll()
    {
        _op.Simulator.Options.DPoPNonceRequired = true;
        var id = await AskedAsync();
        _op.Proof = () => Proof("token");
        var refused = await PollAsync(id);
        var nonce = Assert.Single(refused.Headers.GetValues("DPoP-Nonce"));

        _op.Proof = () => Proof("token", claims: ("nonce", nonce));

        Assert.Equal("use_dpop_nonce", refused.Error);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("authorization_pending", (await PollAsync(id)).Error);
        Assert.Equal(1, _op.Simulator.Counters.Polls);
        _op.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("use_dpop_nonce", (await PollAsync(id)).Error);
    }

    [Fact]
    [Trait("Spec", "T-64")]
    public async Task A_client_that_registered_it_must_bring_a_proof_and_any_other_may()
    {
        Assert.Equal("invalid_dpop_proof", (await PollAsync(await AskedAsync())).Error);
        _op.Proof = () => Proof("token");
        _op.Simulator.ApproveNextFor("alice");

        Assert.Equal("DPoP", (await _op.PollAsync(await _op.AskedAsync())).Text("token_type"));
    }

    private static Dictionary<string, object?> Header() => new() { ["alg"] = "ES256", ["typ"] = "dpop+jwt", ["jwk"] = Key.PublicJwk };

    private string Proof(
        string endpoint,
        string method = "POST",
        string? accessToken = null,
        TestSigner? signer = null,
        (string Name, object? Value)? header = null,
        (string Name, object? Value)? claims = null)
    {
        var headers = Header();
        headers["jwk"] = (signer ?? Key).PublicJwk;
        var all = new Dictionary<string, object?>
        {
            ["jti"] = Guid.NewGuid().ToString(),
            ["htm"] = method,
            ["htu"] = $"{SimulatorHost.Issuer}/{endpoint}",
            ["iat"] = _op.Clock.GetUtcNow().ToUnixTimeSeconds(),
            ["ath"] = accessToken is null ? null : Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken))),
        };
        headers[header?.Name ?? "alg"] = header is null ? "ES256" : header.Value.Value;
        all[claims?.Name ?? "htm"] = claims is null ? method : claims.Value.Value;
        return (signer ?? Key).Sign(headers, all);
    }

    private async Task<string?> ReasonAsync(string proof)
    {
        var id = await AskedAsync();
        _op.Proof = () => proof;
        var answer = await PollAsync(id);
        return answer.Error is "authorization_pending" ? null : answer.Text("error_description");
    }

    private Task<string> AskedAsync() => _op.AskedAsync(("client_id", "bound"), ("client_secret", "other"));

    private Task<WireAnswer> PollAsync(string id) => _op.PollAsync(id, ("client_id", "bound"), ("client_secret", "other"));

    private async Task<WireAnswer> RedeemAsync()
    {
        _op.Simulator.ApproveNextFor("alice");
        _op.Proof = () => Proof("token");
        return await PollAsync(await AskedAsync());
    }

    private async Task<HttpStatusCode> UserInfoAsync(string scheme, string token, string? proof)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/op/userinfo");
        request.Headers.Authorization = new(scheme, token);
        request.Headers.TryAddWithoutValidation("DPoP", proof);
        using var answer = await _op.Http.SendAsync(request);
        return answer.StatusCode;
    }
}
