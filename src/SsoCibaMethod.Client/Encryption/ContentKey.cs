using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client;

/// <summary>Finds the key the content is encrypted with (RFC 7518 §4.3, §4.6).</summary>
internal static class ContentKey
{
    /// <returns>The key, of the length its algorithm needs; <see langword="null"/> where this private key cannot be the one.</returns>
    public static byte[]? Find(CompactJwe jwe, SecurityKey key)
    {
        var length = ContentCipher.KeyLength(ClaimValue.Text(jwe.Header, "enc")!);
        var found = (ClaimValue.Text(jwe.Header, "alg"), key) switch
        {
            ("RSA-OAEP", RsaSecurityKey rsa) => Decrypt(jwe, rsa, RSAEncryptionPadding.OaepSHA1),
            ("RSA-OAEP-256", RsaSecurityKey rsa) => Decrypt(jwe, rsa, RSAEncryptionPadding.OaepSHA256),
            ("ECDH-ES", ECDsaSecurityKey ec) when jwe.EncryptedKey.Length == 0 => KeyAgreement.Derive(jwe.Header, ec, ClaimValue.Text(jwe.Header, "enc")!, length),
            ("ECDH-ES+A128KW", ECDsaSecurityKey ec) => Unwrap(jwe, ec, SecurityAlgorithms.Aes128KW, 16),
            ("ECDH-ES+A256KW", ECDsaSecurityKey ec) => Unwrap(jwe, ec, SecurityAlgorithms.Aes256KW, 32),
            _ => null,
        };
        return found?.Length == length ? found : null;
    }

    private static byte[] Decrypt(CompactJwe jwe, RsaSecurityKey key, RSAEncryptionPadding padding)
    {
        if (key.Rsa is { } rsa)
        {
            return rsa.Decrypt(jwe.EncryptedKey, padding);
        }

        using var numbers = RSA.Create(key.Parameters);
        return numbers.Decrypt(jwe.EncryptedKey, padding);
    }

    private static byte[]? Unwrap(CompactJwe jwe, ECDsaSecurityKey key, string algorithm, int length)
    {
        if (KeyAgreement.Derive(jwe.Header, key, ClaimValue.Text(jwe.Header, "alg")!, length) is not { } agreed)
        {
            return null;
        }

        using var wrapping = CryptoProviderFactory.Default.CreateKeyWrapProviderForUnwrap(new SymmetricSecurityKey(agreed), algorithm);
        return wrapping.UnwrapKey(jwe.EncryptedKey);
    }
}
