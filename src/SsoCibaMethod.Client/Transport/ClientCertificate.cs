using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace SsoCibaMethod.Client;

/// <summary>A client certificate with its private key, and the certificates between it and its root.</summary>
internal sealed class ClientCertificate(X509Certificate2 leaf, X509Certificate2Collection issuers)
{
    public X509Certificate2 Leaf => leaf;

    /// <summary>What a handshake shows: the certificate and its issuers from the file. Nothing is fetched for it.</summary>
    public SslStreamCertificateContext Context { get; } = SslStreamCertificateContext.Create(leaf, issuers, offline: true);
}
