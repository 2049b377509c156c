using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Client.Tests;

/// <summary>A proof that one has the key a token is bound to (RFC 9449 §4).</summary>
[Trait("Spec", "T-60")]
public sealed class DPoPKeyTests
{
    private static readonly Uri Api = new("https://bank.example:8443/pay%20ments?amount=1#top");

    private readonly ManualTimeProvider _time = new(TestToken.Now);

    [Theory]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("PS256")]
    [InlineData("RS256")]
    public void It_is_signed_with_the_key_whose_public_half_stands_in_its_header(string algorithm)
    {
        var proof = Proof(Key(algorithm));

        Assert.Equal((algorithm, "dpop+jwt"), (proof.Algorithm, proof.Header.GetProperty("typ").GetString()));
        Assert.True(algorithm switch { "ES256" => proof.IsSignedBy(TestKeys.P256), "ES384" => proof.IsSignedBy(TestKeys.P384), _ => proof.IsSignedBy(TestKeys.Rsa) });
        var expected = algorithm switch { "ES256" => TestKeys.Jwk(TestKeys.P256, null), "ES384" => TestKeys.Jwk(TestKeys.P384, null), _ => TestKeys.Jwk(TestKeys.Rsa, null) };
        var jwk = proof.Header.GetProperty("jwk");
        Assert.Equal(expected.Select(member => member.Key).Order(), jwk.EnumerateObject().Select(member => member.Name).Order());
        Assert.All(expected, member => Assert.Equal(member.Value!.GetValue<string>(), jwk.GetProperty(member.Key).GetString()));
    }

    [Fact]
    public void It_names_the_call_and_the_token_and_the_address_without_query()
    {
        var proof = Proof(DPoPKey.Create(_time));

        Assert.Equal(["ath", "htm", "htu", "iat", "jti"], proof.ClaimNames);
        Assert.Equal(("PUT", "https://bank.example:8443/pay%20ments"), (proof["htm"], proof["htu"]));
        Assert.Equal(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(TestToken.AccessToken))), proof["ath"]);
        Assert.Equal(TestToken.At(TimeSpan.Zero), proof.Number("iat"));
    }

    [Fact]
    [Trait("Spec", "T-62")]
    public void It_carries_the_nonce_the_API_asked_for()
    {
        var proof = SentJwt.Parse(DPoPKey.Create(_time).CreateProof(HttpMethod.Get, Api, TestToken.AccessToken, "n-0S6"));

        Assert.Equal("n-0S6", proof["nonce"]);
    }

    [Fact]
    public void Every_proof_has_an_id_of_its_own_and_every_fresh_key_is_another()
    {
        var key = DPoPKey.Create(_time);

        Assert.Equal(100, Enumerable.Range(0, 100).Select(_ => Proof(key)["jti"]).Distinct().Count());
        Assert.NotEqual(key.Thumbprint, DPoPKey.Create(_time).Thumbprint);
    }

    // The example of RFC 9449 §6.1: the key of its proofs and the jkt of its token.
    [Fact]
    public void The_thumbprint_is_the_one_a_bound_token_carries()
    {
        var jwk = new JsonWebKey("""
            {"kty":"EC","crv":"P-256","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs","y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA"}
            """);

        Assert.Equal("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I", new DPoPKey(new SigningCredentials(jwk, "ES256")).Thumbprint);
    }

    [Fact]
    public void No_private_member_stands_in_a_proof()
    {
        foreach (var key in new SecurityKey[] { new JsonWebKey(TestKeys.PrivateJwk(TestKeys.P256, "k").ToJsonString()), new JsonWebKey(TestKeys.PrivateJwk(TestKeys.Rsa, "k").ToJsonString()) })
        {
            var proof = Proof(new DPoPKey(new SigningCredentials(key, key.KeySize == 256 ? "ES256" : "PS256"), _time));

            Assert.DoesNotContain(proof.Header.GetProperty("jwk").EnumerateObject(), member => member.Name is "d" or "p" or "q" or "dp" or "dq" or "qi" or "k");
        }
    }

    [Fact]
    public void A_secret_is_no_such_key()
    {
        Assert.Throws<ArgumentException>(() => new DPoPKey(new SigningCredentials(new SymmetricSecurityKey(new byte[64]), "HS256")));
        Assert.Throws<ArgumentException>(() => new DPoPKey(new SigningCredentials(new SymmetricSecurityKey(new byte[64]), "ES256")));
    }

    [Fact]
    public void A_call_without_token_or_whole_address_has_no_proof()
    {
        var key = DPoPKey.Create(_time);

        Assert.ThrowsAny<ArgumentException>(() => key.CreateProof(HttpMethod.Get, Api, ""));
        Assert.ThrowsAny<ArgumentException>(() => key.CreateProof(HttpMethod.Get, new Uri("/pay", UriKind.Relative), "t"));
    }

    [Fact]
    public void A_name_and_password_in_the_address_stay_out() => Assert.Equal(
        "https://bank.example/",
        SentJwt.Parse(DPoPKey.Create(_time).CreateProof(HttpMethod.Get, new Uri("https://me:secret@bank.example"), "t"))["htu"]);

    private DPoPKey Key(string algorithm) => new(
        new SigningCredentials(algorithm switch { "ES256" => new ECDsaSecurityKey(TestKeys.P256), "ES384" => new ECDsaSecurityKey(TestKeys.P384), _ => new RsaSecurityKey(TestKeys.Rsa) }, algorithm), _time);

    private static SentJwt Proof(DPoPKey key) => SentJwt.Parse(key.CreateProof(HttpMethod.Put, Api, TestToken.AccessToken));
}
