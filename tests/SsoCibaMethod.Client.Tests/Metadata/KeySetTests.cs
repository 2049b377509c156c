using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Client.Tests;

/// <summary>Of the OP's keys only those count that may verify a signature; one that does not spoils no other (T-5, F-6).</summary>
[Trait("Spec", "T-5")]
public sealed class KeySetTests
{
    public static TheoryData<string> Useless => new()
    {
        """{"kty":"oct","kid":"k","k":"c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LTEyMzQ"}""",
        """{"kty":"oct","kid":"k","alg":"HS256","use":"sig","k":"c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LTEyMzQ"}""",
        """{"kty":"XYZ","kid":"k"}""",
        """{"kid":"k"}""",
        "{}",
        """{"kty":"OKP","crv":"Ed25519","kid":"k","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""",
        """{"kty":"EC","crv":"P-256","kid":"k","x":"AA","y":"AA"}""",
        """{"kty":"EC","crv":"P-256","kid":"k"}""",
        """{"kty":"EC","crv":"secp256k1","kid":"k","x":"AA","y":"AA"}""",
        """{"kty":"EC","crv":"P-256","kid":"k","x":"***","y":"***"}""",
        """{"kty":"RSA","kid":"k"}""",
        """{"kty":"RSA","kid":"k","n":"***","e":"AQAB"}""",
        """{"kty":"RSA","kid":"k","n":"","e":""}""",
        """{"kty":"RSA","kid":"k","n":"AQAB","e":"AQAB"}""",
        """{"kty":"RSA","kid":"k","x5c":["AAAA"]}""",
        TestKeys.Jwk(TestKeys.WeakRsa, "k").ToJsonString(),
        With(TestKeys.Jwk(TestKeys.OtherRsa, "k"), "use", "enc"),
        With(TestKeys.Jwk(TestKeys.P384, "k"), "use", "enc"),
    };

    [Theory]
    [MemberData(nameof(Useless))]
    public void A_key_that_is_no_use_is_left_out_and_the_others_stay(string jwk)
    {
        var keys = Parse($$"""{"keys":[{{jwk}},{{TestKeys.Jwk(TestKeys.Rsa, TestKeys.RsaId).ToJsonString()}}]}""");

        Assert.Equal(TestKeys.RsaId, Assert.Single(keys!).KeyId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("<html></html>")]
    [InlineData("""{"keys":7}""")]
    [InlineData("""{"keys":[7]}""")]
    public void What_is_no_key_set_gives_no_key(string text) => Assert.Empty(Parse(text) ?? []);

    [Fact]
    public void A_key_set_without_keys_verifies_nothing()
    {
        var result = Provider.Validator("PS256").Validate(Stage.Tokens(new TestToken().Sign()), Stage.Expectation, Provider.Metadata("""{"keys":[]}"""));

        Assert.Equal(IdTokenFault.UnknownKey, Assert.IsType<IdTokenResult.Invalid>(result).Fault);
    }

    [Fact]
    public void A_certificate_beside_the_key_does_not_replace_it()
    {
        var jwk = TestKeys.Jwk(TestKeys.Rsa, TestKeys.RsaId);
        var request = new CertificateRequest("CN=other", TestKeys.OtherRsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TestToken.Now, TestToken.Now.AddYears(1));
        jwk["x5c"] = new JsonArray(Convert.ToBase64String(certificate.RawData));

        var result = Provider.Validator("PS256").Validate(Stage.Tokens(new TestToken().Sign()), Stage.Expectation, Provider.Metadata(TestKeys.Set(jwk)));

        Assert.IsType<IdTokenResult.Valid>(result);
    }

    private static IReadOnlyList<Microsoft.IdentityModel.Tokens.SecurityKey>? Parse(string text) => ProviderMetadataReader.ParseKeys(Encoding.UTF8.GetBytes(text));

    private static string With(JsonObject jwk, string name, string value)
    {
        jwk[name] = value;
        return jwk.ToJsonString();
    }
}
