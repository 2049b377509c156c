using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>A certificate authority of one run of tests, trusted by nobody who is not told to.</summary>
internal sealed class LocalAuthority : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    // In whole seconds, as certificates have them: none may outlive its issuer.
    private static readonly DateTimeOffset From = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 3600);
    private static readonly DateTimeOffset To = From.AddDays(1);

    private readonly TemporaryFolder _folder = new();
    private readonly X509Certificate2 _root;

    public LocalAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Authority of the tests", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _root = request.CreateSelfSigned(From, To);
        RootPem = _root.ExportCertificatePem();
        RootFile = _folder.Write("authority.pem", RootPem);
        Server = Issue(new X500DistinguishedName("CN=127.0.0.1"), ServerUse, names =>
        {
            names.AddIpAddress(IPAddress.Loopback);
            names.AddDnsName("localhost");
        });
    }

    /// <summary>The root, as PEM.</summary>
    public string RootPem { get; }

    /// <summary>A file with <see cref="RootPem"/>, as <c>BackchannelTrust</c> takes it.</summary>
    public string RootFile { get; }

    /// <summary>With its private key, for whoever listens on this machine.</summary>
    public X509Certificate2 Server { get; }

    /// <summary>A new client certificate with its private key.</summary>
    public X509Certificate2 IssueClient(X500DistinguishedName subject, Action<SubjectAlternativeNameBuilder>? nameToo = null) =>
        Issue(subject, ClientUse, nameToo);

    /// <summary>A client certificate that nobody vouches for.</summary>
    public static X509Certificate2 SelfSigned(X500DistinguishedName subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest(subject, key, HashAlgorithmName.SHA256).CreateSelfSigned(From, To);
    }

    /// <summary>Lets an application listen by https on a free port of this machine.</summary>
    public void Serve(IWebHostBuilder host) => host
        .UseUrls("https://127.0.0.1:0")
        .UseKestrelHttpsConfiguration()
        .ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = Server));

    /// <summary>Trusts this authority and no other.</summary>
    public X509ChainPolicy TrustOnlyThis() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { _root },
        RevocationMode = X509RevocationMode.NoCheck,
    };

    public void Dispose()
    {
        Server.Dispose();
        _root.Dispose();
        _folder.Dispose();
    }

    private X509Certificate2 Issue(X500DistinguishedName subject, string use, Action<SubjectAlternativeNameBuilder>? nameToo)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        if (nameToo is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            nameToo(names);
            request.CertificateExtensions.Add(names.Build());
        }

        using var issued = request.Create(_root, From, To, RandomNumberGenerator.GetBytes(16));
        return issued.CopyWithPrivateKey(key);
    }
}
