using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client.Tests;

/// <summary>The client's public keys as an OP fetches them: each distinct, none private (K-12, C-34).</summary>
[Trait("Spec", "K-12")]
public sealed class ClientKeysTests
{
    private static readonly HashSet<string> Allowed = ["kty", "kid", "use", "alg", "n", "e", "crv", "x", "y", "x5c"];

    private static readonly SigningCredentials Ec = new(new ECDsaSecurityKey(TestKeys.P256) { KeyId = "ec" }, "ES256");
    private static readonly SigningCredentials Rsa = new(new RsaSecurityKey(TestKeys.Rsa) { KeyId = "rsa" }, "PS256");

    [Fact]
    [Trait("Spec", "S-54")]
    public void Several_keys_are_written_in_order_with_use_and_algorithm()
    {
        var keys = Keys(ClientKeys.WritePublicJwks([Ec, Rsa], decryption: [new ECDsaSecurityKey(TestKeys.P384) { KeyId = "enc" }]));

        Assert.Equal([("ec", "EC", "sig", "ES256"), ("rsa", "RSA", "sig", "PS256"), ("enc", "EC", "enc", null)], keys.Select(key => (Text(key, "kid"), Text(key, "kty"), Text(key, "use"), Text(key, "alg"))));
        AssertIs(TestKeys.Jwk(TestKeys.P256, "ec"), keys[0]);
        AssertIs(TestKeys.Jwk(TestKeys.Rsa, "rsa"), keys[1]);
        AssertIs(TestKeys.Jwk(TestKeys.P384, "enc"), keys[2]);
    }

    // The example of RFC 7638 §3.1.
    [Fact]
    public void A_key_without_an_id_gets_its_thumbprint()
    {
        var key = new JsonWebKey("""
            {"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256"}
            """);

        Assert.Equal("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", ClientKeys.Thumbprint(key));
        Assert.Equal("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", Text(Assert.Single(Keys(ClientKeys.WritePublicJwks([new SigningCredentials(key, "RS256")]))), "kid"));
    }

    [Fact]
    [Trait("Spec", "T-41")]
    public void A_certificate_is_written_whole_beside_its_key()
    {
        var certificate = TestCertificates.SelfSigned("CN=client");

        var key = Assert.Single(Keys(ClientKeys.WritePublicJwks(certificates: [certificate])));

        Assert.Equal([Convert.ToBase64String(certificate.RawData)], key["x5c"]!.AsArray().Select(one => one!.GetValue<string>()));
        using var pair = certificate.GetECDsaPublicKey()!;
        AssertIs(TestKeys.Jwk(pair, ClientKeys.Thumbprint(new ECDsaSecurityKey(pair))), key);
    }

    [Fact]
    public void The_library_of_an_OP_reads_it_and_verifies_with_it()
    {
        var set = new JsonWebKeySet(ClientKeys.WritePublicJwks([Ec, Rsa], [TestCertificates.SelfSigned("CN=client")]));

        Assert.Equal(3, set.GetSigningKeys().Count);
        foreach (var (credentials, read) in new[] { Ec, Rsa }.Zip(set.GetSigningKeys()))
        {
            using var signer = credentials.Key.CryptoProviderFactory.CreateForSigning(credentials.Key, credentials.Algorithm);
            using var verifier = read.CryptoProviderFactory.CreateForVerifying(read, credentials.Algorithm);
            Assert.True(verifier.Verify("x"u8.ToArray(), signer.Sign("x"u8.ToArray())));
        }
    }

    [Fact]
    public void A_key_of_two_uses_stands_there_once_and_says_what_holds_of_both()
    {
        var other = new SigningCredentials(Rsa.Key, "RS256");
        Assert.Equal((null, "sig"), AlgAndUse(ClientKeys.WritePublicJwks([Rsa, other])));
        Assert.Equal(("PS256", "sig"), AlgAndUse(ClientKeys.WritePublicJwks([Rsa, Rsa])));
        Assert.Equal((null, null), AlgAndUse(ClientKeys.WritePublicJwks([Rsa], decryption: [Rsa.Key])));

        static (string?, string?) AlgAndUse(string set) => Assert.Single(Keys(set)) is var key ? (Text(key, "alg"), Text(key, "use")) : default;
    }

    [Fact]
    public void A_certificate_of_a_signing_key_joins_it()
    {
        var certificate = TestCertificates.SelfSigned("CN=client");
        var credentials = new SigningCredentials(new ECDsaSecurityKey(certificate.GetECDsaPrivateKey()), "ES256");

        var key = Assert.Single(Keys(ClientKeys.WritePublicJwks([credentials], [certificate])));

        Assert.Equal("sig", Text(key, "use"));
        Assert.NotNull(key["x5c"]);
    }

    [Fact]
    [Trait("Spec", "F-17")]
    public void Two_keys_of_one_id_are_refused() => Assert.Contains(
        "ec",
        Assert.Throws<ArgumentException>(() => ClientKeys.WritePublicJwks([Ec, new SigningCredentials(new RsaSecurityKey(TestKeys.Rsa) { KeyId = "ec" }, "PS256")])).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_secret_and_a_curve_of_another_world_are_refused()
    {
        using var foreign = ECDsa.Create(ECCurve.CreateFromFriendlyName("secp256k1"));

        Assert.Throws<ArgumentException>(() => ClientKeys.WritePublicJwks([new SigningCredentials(new SymmetricSecurityKey(new byte[64]), "HS256")]));
        Assert.Throws<ArgumentException>(() => ClientKeys.WritePublicJwks(decryption: [new SymmetricSecurityKey(new byte[64])]));
        Assert.Throws<ArgumentException>(() => ClientKeys.WritePublicJwks([new SigningCredentials(new ECDsaSecurityKey(foreign), "ES256")]));
    }

    [Fact]
    [Trait("Spec", "S-52")]
    public void Nothing_private_is_in_it_whatever_form_the_key_has()
    {
        using var certificate = TestCertificates.SelfSigned("CN=client");
        var forms = new SecurityKey[]
        {
            new RsaSecurityKey(TestKeys.Rsa), new RsaSecurityKey(TestKeys.Rsa.ExportParameters(includePrivateParameters: true)), new ECDsaSecurityKey(TestKeys.P256),
            new JsonWebKey(TestKeys.PrivateJwk(TestKeys.Rsa, "a").ToJsonString()), new JsonWebKey(TestKeys.PrivateJwk(TestKeys.P521, "b").ToJsonString()), new X509SecurityKey(certificate),
        };
        foreach (var form in forms)
        {
            var set = ClientKeys.WritePublicJwks([new SigningCredentials(form, "any")], [certificate], [form]);

            Assert.All(Keys(set), key => Assert.Subset(Allowed, key.Select(member => member.Key).ToHashSet()));
            Assert.All(Secrets(certificate), secret => Assert.DoesNotContain(secret, set, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Without_keys_it_is_an_empty_set() => Assert.Equal("""{"keys":[]}""", ClientKeys.WritePublicJwks());

    private static IEnumerable<string> Secrets(X509Certificate2 certificate)
    {
        var rsa = TestKeys.Rsa.ExportParameters(includePrivateParameters: true);
        using var own = certificate.GetECDsaPrivateKey()!;
        return new[] { rsa.D, rsa.P, rsa.Q, rsa.DP, rsa.DQ, rsa.InverseQ, TestKeys.P256.ExportParameters(true).D, TestKeys.P521.ExportParameters(true).D, own.ExportParameters(true).D }
            .Select(number => Base64Url.EncodeToString(number));
    }

    private static List<JsonObject> Keys(string set) => [.. JsonNode.Parse(Encoding.UTF8.GetBytes(set))!["keys"]!.AsArray().Select(key => key!.AsObject())];

    private static string? Text(JsonObject key, string member) => key[member]?.GetValue<string>();

    private static void AssertIs(JsonObject expected, JsonObject key) => Assert.All(expected, member => Assert.True(JsonNode.DeepEquals(member.Value, key[member.Key]), member.Key));
}
