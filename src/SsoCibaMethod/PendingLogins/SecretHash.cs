using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SsoCibaMethod.PendingLogins;

/// <summary>What is kept of a secret that only has to be known again: its SHA-256, base64url. For random secrets, which cannot be guessed from it.</summary>
internal static class SecretHash
{
    public static string Of(string secret) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Whether a hash is that of a secret, in a time that tells nothing.</summary>
    public static bool IsOf(string secret, string hash) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(secret)), Encoding.ASCII.GetBytes(hash));
}
