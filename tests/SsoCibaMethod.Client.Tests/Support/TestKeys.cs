using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Client.Tests;

/// <summary>Keys made once for all tests: making an RSA key is slow.</summary>
internal static class TestKeys
{
    public const string RsaId = "rsa-1";
    public const string Secret = "a-client-secret-of-seventy-characters-long-enough-for-HS512-1234567890";

    public static readonly RSA Rsa = RSA.Create(2048);
    public static readonly RSA OtherRsa = RSA.Create(2048);
    public static readonly RSA WeakRsa = RSA.Create(1024);
    public static readonly ECDsa P256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    public static readonly ECDsa P384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    public static readonly ECDsa P521 = ECDsa.Create(ECCurve.NamedCurves.nistP521);

    public static JsonObject Jwk(RSA key, string? kid)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return Named(new JsonObject { ["kty"] = "RSA", ["n"] = Base64Url.EncodeToString(parameters.Modulus), ["e"] = Base64Url.EncodeToString(parameters.Exponent) }, kid);
    }

    public static JsonObject Jwk(ECDsa key, string? kid)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return Named(
            new JsonObject { ["kty"] = "EC", ["crv"] = $"P-{key.KeySize}", ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) }, kid);
    }

    public static JsonObject PrivateJwk(RSA key, string? kid)
    {
        var p = key.ExportParameters(includePrivateParameters: true);
        var jwk = Jwk(key, kid);
        foreach (var (name, value) in new[] { ("d", p.D), ("p", p.P), ("q", p.Q), ("dp", p.DP), ("dq", p.DQ), ("qi", p.InverseQ) })
        {
            jwk[name] = Base64Url.EncodeToString(value);
        }

        return jwk;
    }

    public static JsonObject PrivateJwk(ECDsa key, string? kid)
    {
        var jwk = Jwk(key, kid);
        jwk["d"] = Base64Url.EncodeToString(key.ExportParameters(includePrivateParameters: true).D);
        return jwk;
    }

    /// <summary>A private key on P-256, in PEM, with a curve's number nobody gave out.</summary>
    public static string OnUnknownCurve(ECDsa key)
    {
        var pkcs8 = key.ExportPkcs8PrivateKey();
        ReadOnlySpan<byte> numberOfP256 = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];
        pkcs8[pkcs8.AsSpan().IndexOf(numberOfP256)]++;
        return PemEncoding.WriteString("PRIVATE KEY", pkcs8);
    }

    public static string Set(params JsonObject[] keys) => new JsonObject { ["keys"] = new JsonArray([.. keys]) }.ToJsonString();

    /// <summary>The keys of the OP in these tests: one RSA key and one of each curve.</summary>
    public static string OfTheOp() => Set(Jwk(Rsa, RsaId), Jwk(P256, "ec-256"), Jwk(P384, "ec-384"), Jwk(P521, "ec-521"));

    private static JsonObject Named(JsonObject jwk, string? kid)
    {
        if (kid is not null)
        {
            jwk["kid"] = kid;
        }

        return jwk;
    }
}
