using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client.Tests;

/// <summary>A private key file is read in every usual form, and each thing wrong with it is named.</summary>
public sealed class PrivateKeyFileTests : IDisposable
{
    private const string Password = "correct horse";

    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);

    private readonly string _folder = Directory.CreateTempSubdirectory("ciba-keys-").FullName;

    private static readonly Dictionary<string, (string Content, string Algorithm, string? Password)> Good = new()
    {
        ["EC as PKCS 8"] = (TestKeys.P256.ExportPkcs8PrivateKeyPem(), "ES256", null),
        ["EC as SEC 1"] = (TestKeys.P256.ExportECPrivateKeyPem(), "ES256", null),
        ["EC encrypted"] = (TestKeys.P256.ExportEncryptedPkcs8PrivateKeyPem(Password, Encryption), "ES256", Password),
        ["EC P-384"] = (TestKeys.P384.ExportPkcs8PrivateKeyPem(), "ES384", null),
        ["EC P-521"] = (TestKeys.P521.ExportPkcs8PrivateKeyPem(), "ES512", null),
        ["RSA as PKCS 8"] = (TestKeys.Rsa.ExportPkcs8PrivateKeyPem(), "PS256", null),
        ["RSA with a needless password"] = (TestKeys.Rsa.ExportPkcs8PrivateKeyPem(), "RS512", Password),
        ["RSA as PKCS 1"] = (TestKeys.Rsa.ExportRSAPrivateKeyPem(), "RS256", null),
        ["RSA encrypted"] = (TestKeys.Rsa.ExportEncryptedPkcs8PrivateKeyPem(Password, Encryption), "PS384", Password),
        ["a byte order mark before"] = ("\uFEFF\r\n" + TestKeys.P256.ExportPkcs8PrivateKeyPem(), "ES256", null),
        ["EC as JWK"] = (TestKeys.PrivateJwk(TestKeys.P256, null).ToJsonString(), "ES256", null),
        ["RSA as JWK"] = (TestKeys.PrivateJwk(TestKeys.Rsa, null).ToJsonString(), "PS256", null),
    };

    private static readonly Dictionary<string, (string Named, string Content, string Algorithm, string? Password)> Bad = new()
    {
        ["EC for PS256"] = ("holds an elliptic-curve key of 256 bits", TestKeys.P256.ExportPkcs8PrivateKeyPem(), "PS256", null),
        ["P-256 for ES384"] = ("ES384 needs", TestKeys.P256.ExportPkcs8PrivateKeyPem(), "ES384", null),
        ["RSA for ES256"] = ("holds an RSA key of 2048 bits", TestKeys.Rsa.ExportPkcs8PrivateKeyPem(), "ES256", null),
        ["RSA of 1024 bits"] = ("at least 2048 bits; the file holds an RSA key of 1024 bits", TestKeys.WeakRsa.ExportPkcs8PrivateKeyPem(), "RS256", null),
        ["secp256k1"] = ("ES256 needs", OtherCurve(), "ES256", null),
        ["a curve nobody knows"] = ("on a curve this machine does not know", TestKeys.OnUnknownCurve(TestKeys.P256), "ES256", null),
        ["HS256"] = ("HS256 is no algorithm", TestKeys.P256.ExportPkcs8PrivateKeyPem(), "HS256", null),
        ["none"] = ("none is no algorithm", TestKeys.P256.ExportPkcs8PrivateKeyPem(), "none", null),
        ["encrypted without password"] = ("encrypted, and no password", TestKeys.P256.ExportEncryptedPkcs8PrivateKeyPem(Password, Encryption), "ES256", null),
        ["encrypted, wrong password"] = ("the password is wrong", TestKeys.P256.ExportEncryptedPkcs8PrivateKeyPem(Password, Encryption), "ES256", "wrong"),
        ["EC public only"] = ("no private key", TestKeys.P256.ExportSubjectPublicKeyInfoPem(), "ES256", null),
        ["RSA public only"] = ("no private key", TestKeys.Rsa.ExportRSAPublicKeyPem(), "RS256", null),
        ["PEM garbage"] = ("no private key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "ES256", null),
        ["EC JWK public only"] = ("no private key", TestKeys.Jwk(TestKeys.P256, null).ToJsonString(), "ES256", null),
        ["RSA JWK public only"] = ("no private key", TestKeys.Jwk(TestKeys.Rsa, null).ToJsonString(), "RS256", null),
        ["a symmetric JWK"] = ("no private key", """{"kty":"oct","k":"c2VjcmV0"}""", "ES256", null),
        ["a set of keys"] = ("no private key", TestKeys.OfTheOp(), "ES256", null),
        ["half a JWK"] = ("not one", "{garbage", "ES256", null),
        ["a point off the curve"] = ("JWK", """{"kty":"EC","crv":"P-256","x":"AA","y":"AA","d":"AA"}""", "ES256", null),
        ["an unknown curve"] = ("JWK", """{"kty":"EC","crv":"P-999","x":"AA","y":"AA","d":"AA"}""", "ES256", null),
        ["a JWK that is no base64"] = ("JWK", """{"kty":"EC","crv":"P-256","x":"***","y":"***","d":"***"}""", "ES256", null),
        ["an RSA JWK of 8 bits"] = ("RSA key of 8 bits", """{"kty":"RSA","n":"AA","e":"AQAB","d":"AA","p":"AA","q":"AA","dp":"AA","dq":"AA","qi":"AA"}""", "RS256", null),
        ["an RSA JWK of two keys"] = ("cannot sign", TwoKeys(), "RS256", null),
        ["garbage"] = ("neither PEM nor JWK", "garbage", "ES256", null),
        ["nothing"] = ("neither PEM nor JWK", "", "ES256", null),
    };

    public static TheoryData<string> GoodNames => new(Good.Keys);

    public static TheoryData<string> BadNames => new(Bad.Keys);

    [Theory]
    [MemberData(nameof(GoodNames))]
    public void A_key_is_read_and_signs(string name)
    {
        var (content, algorithm, password) = Good[name];

        var credentials = PrivateKeyFile.Load(Write(Encoding.UTF8.GetBytes(content)), algorithm, keyId: null, password);

        Assert.Equal(algorithm, credentials.Algorithm);
        AssertSigns(credentials);
    }

    [Theory]
    [MemberData(nameof(BadNames))]
    public void What_is_wrong_is_named(string name)
    {
        var (named, content, algorithm, password) = Bad[name];
        var path = Write(Encoding.UTF8.GetBytes(content));

        var fault = Assert.Throws<CryptographicException>(() => PrivateKeyFile.Load(path, algorithm, keyId: null, password));

        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Password)]
    public void A_PFX_is_read_with_and_without_a_password(string? password)
    {
        AssertSigns(PrivateKeyFile.Load(Write(Pfx(password)), "PS256", keyId: null, password));
    }

    [Fact]
    public void A_wrong_password_of_a_PFX_is_named()
    {
        var path = Write(Pfx(Password));

        Assert.Contains("password is wrong", Assert.Throws<CryptographicException>(() => PrivateKeyFile.Load(path, "PS256", keyId: null, "wrong")).Message, StringComparison.Ordinal);
        Assert.Contains("password is wrong", Assert.Throws<CryptographicException>(() => PrivateKeyFile.Load(path, "PS256")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_id_is_the_given_one_else_the_JWK_s_else_none()
    {
        var jwk = Write(Encoding.UTF8.GetBytes(TestKeys.PrivateJwk(TestKeys.P256, "from-jwk").ToJsonString()));
        var pem = Write(Encoding.UTF8.GetBytes(TestKeys.P256.ExportPkcs8PrivateKeyPem()));

        Assert.Equal("from-jwk", PrivateKeyFile.Load(jwk, "ES256").Key.KeyId);
        Assert.Equal("given", PrivateKeyFile.Load(jwk, "ES256", "given").Key.KeyId);
        Assert.True(string.IsNullOrEmpty(PrivateKeyFile.Load(pem, "ES256").Key.KeyId));
    }

    [Fact]
    public void A_missing_file_is_an_IOException() =>
        Assert.ThrowsAny<IOException>(() => PrivateKeyFile.Load(Path.Combine(_folder, "missing.pem"), "ES256"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void AssertSigns(SigningCredentials credentials)
    {
        using var signer = credentials.Key.CryptoProviderFactory.CreateForSigning(credentials.Key, credentials.Algorithm);
        Assert.NotEmpty(signer.Sign("x"u8.ToArray()));
    }

    private static string OtherCurve()
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName("secp256k1"));
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static string TwoKeys()
    {
        var jwk = TestKeys.PrivateJwk(TestKeys.Rsa, null);
        jwk["n"] = TestKeys.Jwk(TestKeys.OtherRsa, null)["n"]!.GetValue<string>();
        return jwk.ToJsonString();
    }

    private static byte[] Pfx(string? password)
    {
        var request = new CertificateRequest("CN=client", TestKeys.Rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TestToken.Now, TestToken.Now.AddYears(1));
        return certificate.Export(X509ContentType.Pfx, password);
    }

    private string Write(byte[] content)
    {
        var path = Path.Combine(_folder, Guid.NewGuid().ToString("n"));
        File.WriteAllBytes(path, content);
        return path;
    }
}
