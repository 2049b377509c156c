using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>The keys the OP signs with, made once for all tests: making an RSA key is slow. Both are published; only PS256 is agreed.</summary>
internal static class OpKeys
{
    public const string Main = "op-1";
    public const string Other = "op-2";

    private static readonly RSA MainKey = RSA.Create(2048);
    private static readonly RSA OtherKey = RSA.Create(2048);

    public static JsonObject Published => new() { ["keys"] = new JsonArray(Jwk(MainKey, Main, "PS256"), Jwk(OtherKey, Other, "RS256")) };

    public static byte[] SignPs256(byte[] data) => MainKey.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);

    public static byte[] SignRs256WithTheOtherKey(byte[] data) => OtherKey.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public static bool HasSigned(string? jwt) => jwt?.LastIndexOf('.') is int dot and > 0
        && MainKey.VerifyData(Encoding.ASCII.GetBytes(jwt[..dot]), Base64Url.DecodeFromChars(jwt.AsSpan(dot + 1)), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);

    private static JsonObject Jwk(RSA key, string id, string algorithm)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["kid"] = id,
            ["use"] = "sig",
            ["alg"] = algorithm,
            ["n"] = Base64Url.EncodeToString(parameters.Modulus),
            ["e"] = Base64Url.EncodeToString(parameters.Exponent),
        };
    }
}
