using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

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

        var bytes = Encoding.ASCII.GetBytes(token);
        var digest = algorithm[^3..] switch
        {
            "256" => SHA256.HashData(bytes),
            "384" => SHA384.HashData(bytes),
            "512" => SHA512.HashData(bytes),
            _ => [],
        };
        var expected = Base64UrlEncoder.Encode(digest[..(digest.Length / 2)]);
        return digest.Length > 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(hash));
    }
}
