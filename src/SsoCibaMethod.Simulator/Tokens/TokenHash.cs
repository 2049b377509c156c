using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Tokens;

/// <summary>
/// <c>at_hash</c> (OpenID Connect Core §3.1.3.6) and <c>rt_hash</c> (CIBA Core §10.3.1). Every algorithm offered here hashes with SHA-256, so they do too.
/// </summary>
internal static class TokenHash
{
    public static string Of(string token) =>
        Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(token)).AsSpan(0, 16).ToArray());
}
