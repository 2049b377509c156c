using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client;

/// <summary>The public half of a key as a JWK with its required members alone (RFC 7518 §6); nothing private is even looked at.</summary>
internal static class PublicJwk
{
    private static readonly string[] Required = ["kty", "crv", "x", "y", "n", "e"];

    /// <summary>The members, in the order a thumbprint wants them (RFC 7638 §3.3).</summary>
    /// <exception cref="ArgumentException">The key is neither RSA nor of a curve of RFC 7518.</exception>
    public static JsonObject Of(SecurityKey key) => key switch
    {
        ECDsaSecurityKey ec => Of(ec.ECDsa.ExportParameters(includePrivateParameters: false)),
        RsaSecurityKey rsa => Of(rsa.Rsa?.ExportParameters(includePrivateParameters: false) ?? rsa.Parameters),
        X509SecurityKey certificate when certificate.PublicKey is ECDsa ec => Of(ec.ExportParameters(includePrivateParameters: false)),
        X509SecurityKey certificate when certificate.PublicKey is RSA rsa => Of(rsa.ExportParameters(includePrivateParameters: false)),
        JsonWebKey jwk when JsonWebKeyConverter.TryConvertToSecurityKey(jwk, out var converted) && converted is ECDsaSecurityKey or RsaSecurityKey => Of(converted),
        _ => throw new ArgumentException("The key is neither RSA nor of an elliptic curve that RFC 7518 knows.", nameof(key)),
    };

    /// <summary>The SHA-256 thumbprint (RFC 7638): the same for everybody who has the key.</summary>
    public static string Thumbprint(SecurityKey key) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Of(key).ToJsonString())));

    /// <summary>Whether two JWKs hold the same key, whatever else they say.</summary>
    public static bool IsSameKey(JsonObject one, JsonObject other) => Required.All(member => JsonNode.DeepEquals(one[member], other[member]));

    private static JsonObject Of(ECParameters parameters) => new()
    {
        ["crv"] = Curve(parameters),
        ["kty"] = "EC",
        ["x"] = Base64Url.EncodeToString(parameters.Q.X),
        ["y"] = Base64Url.EncodeToString(parameters.Q.Y),
    };

    private static JsonObject Of(RSAParameters parameters) => new()
    {
        ["e"] = Base64Url.EncodeToString(parameters.Exponent),
        ["kty"] = "RSA",
        ["n"] = Base64Url.EncodeToString(parameters.Modulus),
    };

    // By number or name, whichever the platform tells; other curves are as long (secp256k1).
    private static string Curve(ECParameters parameters) => (parameters.Curve.Oid?.Value, parameters.Curve.Oid?.FriendlyName) switch
    {
        ("1.2.840.10045.3.1.7", _) or (null, "nistP256" or "ECDSA_P256") => "P-256",
        ("1.3.132.0.34", _) or (null, "nistP384" or "ECDSA_P384") => "P-384",
        ("1.3.132.0.35", _) or (null, "nistP521" or "ECDSA_P521") => "P-521",
        _ => throw new ArgumentException("The key is of an elliptic curve that RFC 7518 does not know.", nameof(parameters)),
    };
}
