using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client;

/// <summary>Reads a private key for encrypted ID tokens from a PEM, PFX or JWK file; which one it is shows in its content.</summary>
public static class DecryptionKeyFile
{
    /// <summary>Reads the key and tries it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keyId">The key's id in the client's key set; by default that of the JWK, else none.</param>
    /// <param name="password">The password of a PFX file or an encrypted PEM file.</param>
    /// <returns>The key, for <see cref="IdTokenDecryption.Keys"/>.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="CryptographicException">The file holds no private key of a known form, or one that cannot decrypt; the message says which and why.</exception>
    public static SecurityKey Load(string path, string? keyId = null, string? password = null)
    {
        var key = PrivateKeyFile.Read(File.ReadAllBytes(path), password);
        key.KeyId = keyId ?? key.KeyId;
        try
        {
            Prove(new IdTokenDecryption { Keys = [key] }.Keys[0]);
        }
        catch (ArgumentException exception)
        {
            throw new CryptographicException("The file's key cannot decrypt ID tokens: it must be of RSA with 2048 bits or more, or of the curve P-256, P-384 or P-521.", exception);
        }

        return key;
    }

    // A JWK is believed until it is used; better found out here than at the first login.
    private static void Prove(SecurityKey key)
    {
        try
        {
            if (key is RsaSecurityKey rsa)
            {
                using var numbers = RSA.Create(KeyNumbers.Of(rsa));
                _ = numbers.Decrypt(numbers.Encrypt([0], RSAEncryptionPadding.OaepSHA256), RSAEncryptionPadding.OaepSHA256);
            }
            else
            {
                using var numbers = ECDiffieHellman.Create(KeyNumbers.Of((ECDsaSecurityKey)key));
                _ = numbers.DeriveKeyFromHash(numbers.PublicKey, HashAlgorithmName.SHA256);
            }
        }
        catch (CryptographicException exception)
        {
            throw new CryptographicException("The key in the file cannot decrypt: its numbers do not belong together.", exception);
        }
    }
}
