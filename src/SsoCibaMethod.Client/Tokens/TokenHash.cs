using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SsoCibaMethod.Client;

/// <summary>The left half of a token's digest, as <c>at_hash</c> and <c>rt_hash</c> carry it (OpenID Connect Core §3.1.3.6, CIBA Core §10.3.1).</summary>
internal static class TokenHash
{
    public static bool Matches(string hash, string token, string algorithm)
    {
        if (!Ascii.IsValid(token))
        {
            // The hash is over the token's ASCII; two other texts would look alike.
            return false;
        }

        if (Digest(Encoding.ASCII.GetBytes(token), algorithm) is not { } digest)
        {
            return false;
        }

        var expected = Base64Url.EncodeToString(digest.AsSpan(0, digest.Length / 2));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(hash));
    }

    // The digest that belongs to the algorithm of the ID token. "EdDSA" (RFC 8037) leaves the curve, and so the digest, open; its successors
    // Ed25519 and Ed448 (RFC 9864) do not.
    private static byte[]? Digest(byte[] token, string algorithm) => algorithm switch
    {
        "RS256" or "PS256" or "ES256" or "HS256" => SHA256.HashData(token),
        "RS384" or "PS384" or "ES384" or "HS384" => SHA384.HashData(token),
        "RS512" or "PS512" or "ES512" or "HS512" or "Ed25519" => SHA512.HashData(token),
        "Ed448" when Shake256.IsSupported => Shake256.HashData(token, 114),
        "ML-DSA-44" or "ML-DSA-65" or "ML-DSA-87" when Shake256.IsSupported => Shake256.HashData(token, 64),
        _ => null,
    };
}
