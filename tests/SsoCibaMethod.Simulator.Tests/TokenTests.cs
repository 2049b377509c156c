using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Tests;

public sealed class TokenTests : IDisposable
{
    private readonly SimulatorHost _op = new(options =>
    {
        foreach (var algorithm in new[] { "RS256", "PS256", "ES256" })
        {
            options.Clients.Add(new(algorithm) { Secret = "s3cret", AuthenticationMethod = "client_secret_post", IdTokenSigningAlg = algorithm });
        }
    });

    public void Dispose() => _op.Dispose();

    [Theory]
    [Trait("Spec", "T-4")]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task The_id_token_is_signed_as_the_client_registered(string algorithm)
    {
        var answer = await RedeemAsync(("client_id", algorithm), ("client_secret", "s3cret"));

        var token = await VerifiedAsync(answer.Text("id_token"));
        Assert.Equal(algorithm, token.Alg);
        Assert.Equal([algorithm], token.Audiences);
    }

    [Fact]
    [Trait("Spec", "C-71")]
    public async Task The_answer_is_a_token_answer()
    {
        var answer = await RedeemAsync();

        Assert.Equal("Bearer", answer.Text("token_type"));
        Assert.Equal(600, answer.Number("expires_in"));
        Assert.NotEmpty(answer.Text("access_token"));
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    [Trait("Spec", "T-8")]
    [Trait("Spec", "T-12")]
    [Trait("Spec", "T-15")]
    public async Task The_id_token_has_its_claims()
    {
        var answer = await RedeemAsync();

        var token = await VerifiedAsync(answer.Text("id_token"));
        var now = _op.Clock.GetUtcNow();
        Assert.Equal(SimulatorHost.Issuer, token.Issuer);
        Assert.Equal(_op.Simulator.Options.Accounts[0].Subject, token.Subject);
        Assert.NotEqual("alice", token.Subject);
        Assert.Equal(now.ToUnixTimeSeconds(), token.GetPayloadValue<long>("iat"));
        Assert.Equal(now.AddMinutes(10).ToUnixTimeSeconds(), token.GetPayloadValue<long>("exp"));
        Assert.Equal(now.ToUnixTimeSeconds(), token.GetPayloadValue<long>("auth_time"));
        Assert.Equal(["mca"], token.GetPayloadValue<string[]>("amr"));
        var digest = SHA256.HashData(Encoding.ASCII.GetBytes(answer.Text("access_token")));
        Assert.Equal(Base64UrlEncoder.Encode(digest[..16]), token.GetPayloadValue<string>("at_hash"));
        Assert.False(token.TryGetClaim("name", out _));
        Assert.False(token.TryGetClaim("email", out _));
    }

    [Fact]
    [Trait("Spec", "C-71")]
    public async Task Scopes_bring_their_claims_and_unknown_ones_nothing()
    {
        var answer = await RedeemAsync(("scope", "openid profile email payments"));

        var token = await VerifiedAsync(answer.Text("id_token"));
        Assert.Equal("Alice Aaltonen", token.GetPayloadValue<string>("name"));
        Assert.Equal("alice@example.com", token.GetPayloadValue<string>("email"));
        Assert.Equal("openid profile email", answer.Text("scope"));
    }

    [Theory]
    [Trait("Spec", "C-14")]
    [InlineData("gold loa3 loa2", "loa3")]
    [InlineData("gold", "loa2")]
    [InlineData(null, "loa2")]
    public async Task The_first_supported_acr_is_given(string? asked, string given)
    {
        var answer = await RedeemAsync(("acr_values", asked));

        Assert.Equal(given, (await VerifiedAsync(answer.Text("id_token"))).GetPayloadValue<string>("acr"));
    }

    [Fact]
    [Trait("Spec", "T-5")]
    public async Task After_a_rotation_a_new_key_signs()
    {
        var before = new JsonWebToken((await RedeemAsync()).Text("id_token"));
        _op.Simulator.RotateKeys();
        var after = await VerifiedAsync((await RedeemAsync()).Text("id_token"));

        Assert.NotEqual(before.Kid, after.Kid);
        await VerifiedAsync(before.EncodedToken);
    }

    private async Task<WireAnswer> RedeemAsync(params (string Name, string? Value)[] parameters)
    {
        _op.Simulator.ApproveNextFor("alice");
        return await _op.PollAsync(await _op.AskedAsync(parameters), [.. parameters.Where(parameter => parameter.Name.StartsWith("client", StringComparison.Ordinal))]);
    }

    private async Task<JsonWebToken> VerifiedAsync(string token)
    {
        var keys = new JsonWebKeySet(await _op.Http.GetStringAsync("/op/jwks")).GetSigningKeys();
        var kid = new JsonWebToken(token).Kid;
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = Assert.Single(keys, key => key.KeyId == kid),
            ValidIssuer = SimulatorHost.Issuer,
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        return (JsonWebToken)result.SecurityToken;
    }
}
