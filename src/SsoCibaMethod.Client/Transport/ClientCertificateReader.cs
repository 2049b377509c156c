using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SsoCibaMethod.Client;

/// <summary>Reads a client certificate and its private key from a PFX or PEM file; which one it is shows in its content.</summary>
internal static class ClientCertificateReader
{
    private const int LeastRsaBits = 2048;

    public static ClientCertificate Read(string path, string? password, string? keyPath)
    {
        var content = File.ReadAllBytes(path);
        var text = Encoding.UTF8.GetString(content);
        var all = text.Contains("-----BEGIN ", StringComparison.Ordinal)
            ? ReadPem(text, keyPath is null ? text : File.ReadAllText(keyPath), password)
            : ReadPfx(content, password);
        var own = all.Where(certificate => certificate.HasPrivateKey).ToList();
        if (own is not [var leaf])
        {
            throw new CryptographicException(own.Count == 0
                ? "The file holds no certificate with a private key that belongs to it and that this machine can use (RSA and the curves P-256, P-384 and P-521 it can)."
                : "The file holds several certificates with private keys; it must hold one, and may hold its issuers.");
        }

        if (leaf.GetRSAPublicKey() is { KeySize: < LeastRsaBits and var bits })
        {
            throw new CryptographicException($"The certificate's RSA key has {bits} bits; it needs at least {LeastRsaBits}.");
        }

        return new ClientCertificate(leaf, [.. all.Where(certificate => !certificate.HasPrivateKey)]);
    }

    private static X509Certificate2Collection ReadPem(string text, string keyText, string? password)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(text);
        if (!keyText.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw new CryptographicException("There is no private key: put it into the certificate's file, or name the file it is in.");
        }

        var isEncrypted = keyText.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal);
        if (isEncrypted && password is null)
        {
            throw new CryptographicException("The private key is encrypted, and no password is given.");
        }

        return [.. certificates.Select(certificate => TryAddKey(certificate, keyText, isEncrypted ? password : null) ?? certificate)];
    }

    private static X509Certificate2? TryAddKey(X509Certificate2 certificate, string keyText, string? password)
    {
        try
        {
            var pem = certificate.ExportCertificatePem();
            using var both = password is null ? X509Certificate2.CreateFromPem(pem, keyText) : X509Certificate2.CreateFromEncryptedPem(pem, keyText, password);
            return Usable(both);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or PlatformNotSupportedException)
        {
            // The key belongs to another certificate of the file, or to none, or is on a curve this machine does not know.
            return null;
        }
    }

    // Windows and macOS show in a handshake only a key that went through their own store.
    private static X509Certificate2 Usable(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), password: null, Storage);

    private static X509KeyStorageFlags Storage => OperatingSystem.IsLinux() ? X509KeyStorageFlags.EphemeralKeySet : X509KeyStorageFlags.DefaultKeySet;

    private static X509Certificate2Collection ReadPfx(byte[] content, string? password)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12Collection(content, password, Storage);
        }
        catch (CryptographicException exception)
        {
            throw new CryptographicException("The file is neither PEM nor PFX: it is another file or damaged, or the password is wrong.", exception);
        }
    }
}
