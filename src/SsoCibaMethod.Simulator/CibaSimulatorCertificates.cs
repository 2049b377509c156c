using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using SsoCibaMethod.Simulator.Certificates;

namespace SsoCibaMethod.Simulator;

/// <summary>
/// A certificate authority of one's own in a folder: the server's certificate for <c>localhost</c>, and client certificates for mutual TLS.
/// Whoever shall trust the OP is given <see cref="AuthorityFile"/>; the folder belongs under no version control.
/// </summary>
public sealed class CibaSimulatorCertificates
{
    private static readonly TimeSpan ServerLife = TimeSpan.FromDays(90);
    private static readonly TimeSpan ClientLife = TimeSpan.FromDays(365);

    private readonly TimeProvider _time;

    private CibaSimulatorCertificates(string folder, X509Certificate2 authority, TimeProvider time)
    {
        Folder = folder;
        Authority = authority;
        _time = time;
        Server = CertificateMaker.Issue(authority, "CN=localhost", CertificatePurpose.Server, time.GetUtcNow(), ServerLife);
    }

    /// <summary>Gets the folder.</summary>
    public string Folder { get; }

    /// <summary>Gets the authority, with its key.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>Gets the certificate of the server, for <c>localhost</c> and the loopback addresses.</summary>
    public X509Certificate2 Server { get; }

    /// <summary>Gets the file <c>ca.pem</c> with the certificate of the authority, for those who shall trust it.</summary>
    public string AuthorityFile => CertificateFolder.AuthorityOf(Folder);

    /// <summary>Opens the authority in a folder; the folder and the authority are made if they are not there, or the authority is soon too old.</summary>
    /// <returns>The certificates.</returns>
    /// <param name="folder">The folder; a private key will lie in it, readable to its owner alone.</param>
    /// <param name="time">The clock; by default that of the machine.</param>
    public static CibaSimulatorCertificates Open(string folder, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        return new(folder, CertificateFolder.ReadOrMakeAuthority(folder, time.GetUtcNow()), time);
    }

    /// <summary>Issues a client certificate into the folder: <c>{name}.pfx</c> without a password, and <c>{name}.pem</c> with certificate and key. One that is there and still good is kept.</summary>
    /// <returns>The certificate, with its key.</returns>
    /// <param name="subject">Its subject, which is what <c>tls_client_auth</c> compares.</param>
    /// <param name="name">The name of the files.</param>
    public X509Certificate2 IssueClient(string subject = "CN=client", string name = "client") =>
        CertificateFolder.ReadClient(Folder, name, subject, Authority, _time.GetUtcNow())
        ?? CertificateFolder.Write(Folder, name, CertificateMaker.Issue(Authority, subject, CertificatePurpose.Client, _time.GetUtcNow(), ClientLife));

    /// <summary>Creates a handler that trusts what this authority issued and nothing else.</summary>
    /// <returns>The handler.</returns>
    /// <param name="client">The certificate the handler shows.</param>
    public SocketsHttpHandler CreateHandler(X509Certificate2? client = null)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { Authority },
        };
        if (client is not null)
        {
            handler.SslOptions.ClientCertificates = [client];
        }

        return handler;
    }

    /// <summary>Serves an address over TLS by the server's certificate.</summary>
    /// <param name="listen">The address.</param>
    /// <param name="asksForCertificates">Whether clients are asked for a certificate; which ones are good, and whose, the OP decides when a client authenticates.</param>
    public void Serve(ListenOptions listen, bool asksForCertificates = false) => listen.UseHttps(https =>
    {
        https.ServerCertificate = Server;
        if (asksForCertificates)
        {
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;

            // TLS proves that the client holds the key. A self-signed certificate has no chain to build, and the others are judged against
            // the authorities of the OP, not of the machine (RFC 8705 §2.1, §2.2).
            https.AllowAnyClientCertificate();
        }
    });
}
