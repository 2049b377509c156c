using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>A client's private key in each kind of file, and its public half as the OP registers it.</summary>
/// <param name="Path">The file with the private key.</param>
/// <param name="PublicKeySet">The key set for the OP.</param>
internal sealed record ClientKeyFile(string Path, JsonElement PublicKeySet)
{
    public const string Password = "password of the key file";

    /// <summary>An elliptic-curve key as PEM.</summary>
    public static ClientKeyFile EcPem(TemporaryFolder folder, string keyId)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new(
            folder.Write("client.pem", key.ExportPkcs8PrivateKeyPem()),
            KeySet(new { kty = "EC", crv = "P-256", use = "sig", kid = keyId, x = Encode(point.X), y = Encode(point.Y) }));
    }

    /// <summary>An RSA key in a PFX with its certificate.</summary>
    public static ClientKeyFile RsaPfx(TemporaryFolder folder)
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now, now + TimeSpan.FromDays(1));
        var numbers = key.ExportParameters(includePrivateParameters: false);
        return new(
            folder.Write("client.pfx", certificate.Export(X509ContentType.Pkcs12, Password)),
            KeySet(new { kty = "RSA", use = "sig", n = Encode(numbers.Modulus), e = Encode(numbers.Exponent) }));
    }

    /// <summary>An RSA key as JWK, which names its own id.</summary>
    public static ClientKeyFile RsaJwk(TemporaryFolder folder, string keyId)
    {
        using var key = RSA.Create(2048);
        var numbers = key.ExportParameters(includePrivateParameters: true);
        var (n, e) = (Encode(numbers.Modulus), Encode(numbers.Exponent));
        return new(
            folder.WriteJson("client.jwk", new
            {
                kty = "RSA",
                kid = keyId,
                n,
                e,
                d = Encode(numbers.D),
                p = Encode(numbers.P),
                q = Encode(numbers.Q),
                dp = Encode(numbers.DP),
                dq = Encode(numbers.DQ),
                qi = Encode(numbers.InverseQ),
            }),
            KeySet(new { kty = "RSA", use = "sig", kid = keyId, n, e }));
    }

    /// <summary>What the OP registers of a certificate that no authority vouches for (RFC 8705 §2.2.2).</summary>
    public static JsonElement CertificateKeySet(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPublicKey()!;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return KeySet(new { kty = "EC", crv = "P-256", use = "sig", x = Encode(point.X), y = Encode(point.Y), x5c = new[] { Convert.ToBase64String(certificate.RawData) } });
    }

    private static string Encode(byte[]? number) => Base64UrlEncoder.Encode(number);

    private static JsonElement KeySet(object key) => JsonSerializer.SerializeToElement(new { keys = new[] { key } });
}
