using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client;

/// <summary>Takes the signed token out of an encrypted one (RFC 7516 §5.2). Encryption proves nothing: every rule of ID tokens holds for what is inside.</summary>
internal static class IdTokenDecrypter
{
    /// <returns>The signed token; <see langword="null"/> with the fault where there is none.</returns>
    public static string? Decrypt(string token, IdTokenDecryption decryption, out IdTokenResult.Invalid? fault)
    {
        using var jwe = CompactJwe.TryParse(token);
        if (jwe is null)
        {
            fault = new(IdTokenFault.Malformed, "not a compact JWE, or longer than the size limit");
            return null;
        }

        fault = CheckHeader(jwe.Header, decryption);
        if (fault is not null)
        {
            return null;
        }

        var plaintext = Candidates(jwe.Header, decryption.Keys).Select(key => TryDecrypt(jwe, key)).FirstOrDefault(found => found is not null);
        if (plaintext is null)
        {
            // One answer for a wrong key, a wrong tag and wrong padding: whoever tries them learns nothing.
            fault = new(IdTokenFault.Undecryptable, $"none of the {decryption.Keys.Count} decryption keys opens it");
            return null;
        }

        return Encoding.ASCII.GetString(plaintext);
    }

    private static IdTokenResult.Invalid? CheckHeader(JsonElement header, IdTokenDecryption decryption)
    {
        var algorithm = ClaimValue.Text(header, "alg");
        if (algorithm is null || !decryption.Algorithms.Contains(algorithm, StringComparer.Ordinal))
        {
            return new(IdTokenFault.EncryptionNotAllowed, $"its alg is none of the agreed {string.Join(", ", decryption.Algorithms)} (IdTokenDecryption)");
        }

        var encryption = ClaimValue.Text(header, "enc");
        if (encryption is null || !decryption.ContentEncryption.Contains(encryption, StringComparer.Ordinal))
        {
            return new(IdTokenFault.EncryptionNotAllowed, $"its enc is none of the agreed {string.Join(", ", decryption.ContentEncryption)} (IdTokenDecryption)");
        }

        if (header.TryGetProperty("zip", out _))
        {
            // RFC 8725 §3.6: compression gives away what is encrypted, and a small token could grow without bound.
            return new(IdTokenFault.EncryptionNotAllowed, "it is compressed");
        }

        if (header.TryGetProperty("crit", out _))
        {
            return new(IdTokenFault.CriticalHeader, "it asks for an extension that is not understood");
        }

        return IsJwtOrAbsent(header, "typ") && IsJwtOrAbsent(header, "cty") ? null : new(IdTokenFault.WrongType, "its typ or cty header names something else than a JWT");
    }

    private static bool IsJwtOrAbsent(JsonElement header, string name) =>
        !header.TryGetProperty(name, out var value) || string.Equals(ClaimValue.Text(value), "JWT", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<SecurityKey> Candidates(JsonElement header, IReadOnlyList<SecurityKey> keys) => header.TryGetProperty("kid", out var id)
        ? keys.Where(key => string.IsNullOrEmpty(key.KeyId) || key.KeyId == ClaimValue.Text(id))
        : keys;

    private static byte[]? TryDecrypt(CompactJwe jwe, SecurityKey key)
    {
        byte[]? contentKey = null;
        try
        {
            contentKey = ContentKey.Find(jwe, key);
            return contentKey is null ? null : ContentCipher.Decrypt(jwe, contentKey);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or SecurityTokenException)
        {
            // What the platform and the library say of a key or tag that is wrong, or of an impossible form.
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(contentKey);
        }
    }
}
