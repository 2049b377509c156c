using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>One public key of the client, as its key set gives it.</summary>
internal sealed class ClientKey
{
    private readonly RSA? _rsa;
    private readonly ECDsa? _curve;

    private ClientKey(string? id, RSA? rsa, ECDsa? curve)
    {
        Id = id;
        _rsa = rsa;
        _curve = curve;
    }

    public string? Id { get; }

    public bool IsStrong => _rsa?.KeySize >= 2048 || _curve?.KeySize >= 256;

    /// <summary>Null where the key is of a kind that FAPI has no algorithm for.</summary>
    public static ClientKey? Read(JsonObject jwk) => (string?)jwk["kty"] switch
    {
        "RSA" => new ClientKey((string?)jwk["kid"], RSA.Create(new RSAParameters { Modulus = Bytes(jwk, "n"), Exponent = Bytes(jwk, "e") }), null),
        "EC" when (string?)jwk["crv"] == "P-256" => new ClientKey((string?)jwk["kid"], null, ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Bytes(jwk, "x"), Y = Bytes(jwk, "y") },
        })),
        _ => null,
    };

    public bool Verify(string? algorithm, byte[] data, byte[] signature) => algorithm switch
    {
        "PS256" => _rsa?.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss) == true,
        "ES256" => _curve?.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation) == true,
        _ => false,
    };

    private static byte[] Bytes(JsonObject jwk, string name) => Base64Url.DecodeFromChars((string)jwk[name]!);
}
