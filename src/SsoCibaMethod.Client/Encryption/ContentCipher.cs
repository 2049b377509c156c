using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client;

/// <summary>Decrypts the content, the tag checked first (RFC 7518 §5.2, §5.3). Every length is the one the algorithm fixes.</summary>
internal static class ContentCipher
{
    private const int BlockLength = 16;
    private const int NonceLength = 12;
    private const int GcmTagLength = 16;

    /// <summary>The length of the key in bytes.</summary>
    public static int KeyLength(string encryption) => encryption switch
    {
        "A128GCM" => 16,
        "A256GCM" or "A128CBC-HS256" => 32,
        _ => 64,
    };

    /// <returns>The content; <see langword="null"/> where a part has not its length. A wrong tag throws.</returns>
    public static byte[]? Decrypt(CompactJwe jwe, byte[] key)
    {
        var encryption = ClaimValue.Text(jwe.Header, "enc")!;
        return encryption.EndsWith("GCM", StringComparison.Ordinal) ? Gcm(jwe, key) : Cbc(jwe, key, encryption);
    }

    // The library's own works on one platform alone.
    private static byte[]? Gcm(CompactJwe jwe, byte[] key)
    {
        if (jwe.InitializationVector.Length != NonceLength || jwe.AuthenticationTag.Length != GcmTagLength)
        {
            return null;
        }

        var content = new byte[jwe.Ciphertext.Length];
        using var cipher = new AesGcm(key, GcmTagLength);
        cipher.Decrypt(jwe.InitializationVector, jwe.Ciphertext, jwe.AuthenticationTag, content, jwe.AuthenticatedData);
        return content;
    }

    private static byte[]? Cbc(CompactJwe jwe, byte[] key, string encryption)
    {
        if (jwe.InitializationVector.Length != BlockLength || jwe.AuthenticationTag.Length != key.Length / 2 || jwe.Ciphertext.Length == 0)
        {
            return null;
        }

        using var cipher = CryptoProviderFactory.Default.CreateAuthenticatedEncryptionProvider(new SymmetricSecurityKey(key), encryption);
        return cipher.Decrypt(jwe.Ciphertext, jwe.AuthenticatedData, jwe.InitializationVector, jwe.AuthenticationTag);
    }
}
