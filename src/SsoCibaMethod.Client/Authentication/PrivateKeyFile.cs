using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client;

/// <summary>Reads a private signing key from a PEM, PFX or JWK file; which one it is shows in its content.</summary>
public static class PrivateKeyFile
{
    private const int LeastRsaBits = 2048;

    /// <summary>Reads the key and checks that it fits the algorithm.</summary>
    /// <param name="path">The file.</param>
    /// <param name="algorithm">The algorithm it shall sign with: <c>ES256</c>, <c>ES384</c>, <c>ES512</c>, <c>PS256</c>…, <c>RS256</c>….</param>
    /// <param name="keyId">The key's id at the OP; by default that of the JWK, else none. Give <see cref="ClientKeys.Thumbprint"/> where the published set holds several keys (OpenID Connect Core §10.1).</param>
    /// <param name="password">The password of a PFX file or an encrypted PEM file.</param>
    /// <returns>The key, ready to sign.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="CryptographicException">The file holds no private key of a known form, or one that does not fit; the message says which and why.</exception>
    public static SigningCredentials Load(string path, string algorithm, string? keyId = null, string? password = null)
    {
        var content = File.ReadAllBytes(path);
        var key = Read(content, password);
        if (Unfit(key, algorithm) is { } reason)
        {
            throw new CryptographicException(reason);
        }

        key.KeyId = keyId ?? key.KeyId;
        var credentials = new SigningCredentials(key, algorithm);
        Prove(credentials);
        return credentials;
    }

    // A JWK is believed until it is used; better found out here than at the first login.
    private static void Prove(SigningCredentials credentials)
    {
        try
        {
            using var signer = credentials.Key.CryptoProviderFactory.CreateForSigning(credentials.Key, credentials.Algorithm, cacheProvider: false);
            _ = signer.Sign([0]);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or InvalidOperationException)
        {
            throw new CryptographicException("The key in the file cannot sign: its numbers do not belong together.", exception);
        }
    }

    internal static SecurityKey Read(byte[] content, string? password)
    {
        var text = Encoding.UTF8.GetString(content).TrimStart('\uFEFF').Trim();
        if (text.StartsWith('{'))
        {
            return ReadJwk(text);
        }

        return text.Contains("-----BEGIN ", StringComparison.Ordinal) ? ReadPem(text, password) : ReadPfx(content, password);
    }

    private static SecurityKey ReadJwk(string text)
    {
        JsonWebKey key;
        try
        {
            key = new JsonWebKey(text);
        }
        catch (ArgumentException exception)
        {
            throw new CryptographicException("The file looks like a JWK but is not one.", exception);
        }

        if (!key.HasPrivateKey)
        {
            throw new CryptographicException("The JWK holds no private key (an elliptic-curve key needs the member d; an RSA key needs d, p, q, dp, dq and qi).");
        }

        return JsonWebKeyConverter.TryConvertToSecurityKey(key, out var converted)
            ? converted
            : throw new CryptographicException($"The JWK is of a kind (kty {key.Kty}) that cannot sign here.");
    }

    private static AsymmetricSecurityKey ReadPem(string text, string? password)
    {
        // The label does not always tell the kind of key (PKCS #8), so each kind is tried.
        if (TryImport(ECDsa.Create(), text, password) is { } ec)
        {
            return new ECDsaSecurityKey(ec);
        }

        return TryImport(RSA.Create(), text, password) is { } rsa
            ? new RsaSecurityKey(rsa)
            : throw new CryptographicException(text.Contains("ENCRYPTED", StringComparison.Ordinal) && password is null
                ? "The PEM file is encrypted, and no password is given."
                : "The PEM file holds no private key of RSA or an elliptic curve, or the password is wrong.");
    }

    private static T? TryImport<T>(T key, string text, string? password)
        where T : AsymmetricAlgorithm
    {
        try
        {
            if (password is not null && text.Contains("ENCRYPTED", StringComparison.Ordinal))
            {
                key.ImportFromEncryptedPem(text, password);
            }
            else
            {
                key.ImportFromPem(text);
            }

            if (key.ExportPkcs8PrivateKey().Length > 0)
            {
                return key;
            }
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            // Not this kind, or a public key only.
        }
        catch (PlatformNotSupportedException exception)
        {
            key.Dispose();
            throw new CryptographicException("The PEM file's key is on a curve this machine does not know; P-256, P-384 and P-521 are known everywhere.", exception);
        }

        key.Dispose();
        return null;
    }

    // macOS reads no PFX without a keychain of its own. On Windows a key that went through the store would end with the certificate it came in.
    private static X509KeyStorageFlags Storage => OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet;

    private static AsymmetricSecurityKey ReadPfx(byte[] content, string? password)
    {
        X509Certificate2 loaded;
        try
        {
            loaded = X509CertificateLoader.LoadPkcs12(content, password, Storage);
        }
        catch (CryptographicException exception)
        {
            throw new CryptographicException("The file is neither PEM nor JWK, and cannot be opened as PFX: it is damaged, or the password is wrong.", exception);
        }

        using var certificate = loaded;
        if (certificate.GetECDsaPrivateKey() is { } ec)
        {
            return new ECDsaSecurityKey(ec);
        }

        return certificate.GetRSAPrivateKey() is { } rsa
            ? new RsaSecurityKey(rsa)
            : throw new CryptographicException("The PFX file holds no private key of RSA or an elliptic curve.");
    }

    private static string? Unfit(SecurityKey key, string algorithm) => (algorithm, key) switch
    {
        ("ES256", ECDsaSecurityKey ec) when IsOn(ec, 256, ECCurve.NamedCurves.nistP256) => null,
        ("ES384", ECDsaSecurityKey ec) when IsOn(ec, 384, ECCurve.NamedCurves.nistP384) => null,
        ("ES512", ECDsaSecurityKey ec) when IsOn(ec, 521, ECCurve.NamedCurves.nistP521) => null,
        ("ES256" or "ES384" or "ES512", _) => $"{algorithm} needs an elliptic-curve key of its own curve (P-256, P-384, P-521); the file holds {Name(key)}.",
        ("RS256" or "RS384" or "RS512" or "PS256" or "PS384" or "PS512", RsaSecurityKey { KeySize: >= LeastRsaBits }) => null,
        ("RS256" or "RS384" or "RS512" or "PS256" or "PS384" or "PS512", _) => $"{algorithm} needs an RSA key of at least {LeastRsaBits} bits; the file holds {Name(key)}.",
        _ => $"{algorithm} is no algorithm a private key signs with here; use ES256, PS256 or RS256 (or their 384 and 512 forms).",
    };

    // Other curves have 256 bits too (secp256k1); not every platform tells the curve's number.
    private static bool IsOn(ECDsaSecurityKey key, int size, ECCurve curve)
    {
        var found = key.ECDsa.ExportParameters(includePrivateParameters: false).Curve;
        return key.KeySize == size && (found.Oid?.Value is null || found.Oid.Value == curve.Oid.Value);
    }

    private static string Name(SecurityKey key) => key switch
    {
        ECDsaSecurityKey ec => $"an elliptic-curve key of {ec.KeySize} bits",
        RsaSecurityKey rsa => $"an RSA key of {rsa.KeySize} bits",
        _ => "a key of another kind",
    };
}
