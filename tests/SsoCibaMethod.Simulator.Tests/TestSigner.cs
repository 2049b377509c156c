using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Tests;

/// <summary>A client's key, and JWTs made by hand, member by member, so that every rule can be broken alone.</summary>
internal sealed class TestSigner(string? keyId = null, RSA? rsa = null)
{
    /// <summary>What HS256 signs with.</summary>
    public const string Secret = "a secret of thirty-two bytes or more";

    private static readonly JsonSerializerOptions WithoutNull = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public object PublicJwk
    {
        get
        {
            if (rsa?.ExportParameters(includePrivateParameters: false) is { } numbers)
            {
                return new { kty = "RSA", kid = keyId, n = Base64UrlEncoder.Encode(numbers.Modulus), e = Base64UrlEncoder.Encode(numbers.Exponent) };
            }

            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            return new { kty = "EC", crv = "P-256", kid = keyId, x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) };
        }
    }

    public static string Jwks(params TestSigner[] signers) =>
        JsonSerializer.Serialize(new { keys = signers.Select(signer => signer.PublicJwk) }, WithoutNull);

    /// <summary>A header or claim that is <see langword="null"/> is left out.</summary>
    public string Sign(Dictionary<string, object?> header, Dictionary<string, object?> claims)
    {
        var text = $"{Json(header)}.{Json(claims)}";
        var bytes = Encoding.ASCII.GetBytes(text);
        var signature = (string?)header.GetValueOrDefault("alg") switch
        {
            "none" => [],
            "HS256" => HMACSHA256.HashData(Encoding.ASCII.GetBytes(Secret), bytes),
            "RS256" => rsa!.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            "PS256" => rsa!.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            _ => _key.SignData(bytes, HashAlgorithmName.SHA256),
        };
        return $"{text}.{Base64UrlEncoder.Encode(signature)}";
    }

    private static string Json(Dictionary<string, object?> members) => Base64UrlEncoder.Encode(
        JsonSerializer.Serialize(members.Where(member => member.Value is not null).ToDictionary()));
}
