using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SsoCibaMethod.Client;

/// <summary>
/// A client certificate on disk, for mutual TLS (RFC 8705): a PFX file, or PEM with the private key in it or beside it. A certificate renewed on disk is
/// in use within a second, without a restart; a file that cannot be used leaves the certificate read before in use.
/// </summary>
public sealed class ClientCertificateFile
{
    private readonly StampedFiles<ClientCertificate> _files;

    /// <summary>Reads the certificate.</summary>
    /// <param name="path">A PFX or PEM file. It may hold the certificate's issuers too; they are shown to the OP with it.</param>
    /// <param name="password">The password of a PFX file or of an encrypted PEM key.</param>
    /// <param name="keyPath">The PEM file of the private key, where that is not in <paramref name="path"/>.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="CryptographicException">The file holds no certificate with its private key; the message says what is wrong.</exception>
    public ClientCertificateFile(string path, string? password = null, string? keyPath = null, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = path;
        _files = new StampedFiles<ClientCertificate>(
            keyPath is null ? [path] : [path, keyPath], () => ClientCertificateReader.Read(path, password, keyPath), time ?? TimeProvider.System)
        {
            Changed = Tell,
        };
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The certificate in use now, with its private key.</summary>
    public X509Certificate2 Certificate => Current.Leaf;

    /// <summary>Why the file as it stands cannot be used, so that an older certificate is; <see langword="null"/> where all is well.</summary>
    public string? Fault => _files.Fault;

    /// <summary>Told of each renewed certificate, for a log.</summary>
    public Action<X509Certificate2>? OnRenewed { get; init; }

    /// <summary>Told, once for each state of the file, why it cannot be used, for a log.</summary>
    public Action<string>? OnFault { get; init; }

    internal ClientCertificate Current => _files.Current;

    private void Tell(ClientCertificate certificate, string? fault)
    {
        if (fault is null)
        {
            OnRenewed?.Invoke(certificate.Leaf);
        }
        else
        {
            OnFault?.Invoke($"{Path}: {fault} The certificate read before stays in use.");
        }
    }
}
