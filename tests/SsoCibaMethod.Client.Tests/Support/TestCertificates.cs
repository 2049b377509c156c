using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SsoCibaMethod.Client.Tests;

/// <summary>An authority in the test: it issues what a handshake needs, and things no handshake should accept.</summary>
internal sealed class TestCertificates
{
    public const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    public const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    // Handshakes go by the machine's clock, whatever a test's clock says.
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly X509Certificate2 _issuer;

    public TestCertificates(string name = "root")
    {
        Root = SelfSigned($"CN={name}", isAuthority: true);
        _issuer = Root;
    }

    private TestCertificates(X509Certificate2 root, X509Certificate2 issuer) => (Root, _issuer) = (root, issuer);

    public X509Certificate2 Root { get; }

    /// <summary>An authority below this one.</summary>
    public TestCertificates Below(out X509Certificate2 intermediate)
    {
        intermediate = Issue("CN=intermediate", isAuthority: true);
        return new TestCertificates(Root, intermediate);
    }

    public X509Certificate2 ForServer(string host = "localhost", string usage = ServerUsage, int fromDays = -1, int toDays = 1) => Issue($"CN={host}", host, usage, fromDays: fromDays, toDays: toDays);

    public X509Certificate2 ForClient(string name = "client") => Issue($"CN={name}", usage: ClientUsage);

    public static X509Certificate2 SelfSigned(string name, bool isAuthority = false) =>
        Usable(Request(name, isAuthority, host: null, usage: null, out var key).CreateSelfSigned(Now.AddDays(-9), Now.AddDays(9)), key: null, key);

    public static string Pem(X509Certificate2 certificate) => certificate.ExportCertificatePem() + "\n";

    public static string KeyPem(X509Certificate2 certificate) => certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n";

    private X509Certificate2 Issue(string name, string? host = null, string? usage = null, bool isAuthority = false, int fromDays = -1, int toDays = 1)
    {
        var request = Request(name, isAuthority, host, usage, out var key);
        return Usable(request.Create(_issuer, Now.AddDays(fromDays), Now.AddDays(toDays), RandomNumberGenerator.GetBytes(8)), key, key);
    }

    private static CertificateRequest Request(string name, bool isAuthority, string? host, string? usage, out ECDsa key)
    {
        key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (usage is not null)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        }

        if (host is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(host);
            request.CertificateExtensions.Add(names.Build());
        }

        return request;
    }

    private static X509Certificate2 Usable(X509Certificate2 certificate, ECDsa? key, ECDsa made)
    {
        using (made)
        using (certificate)
        {
            using var whole = key is null ? certificate : certificate.CopyWithPrivateKey(key);
            return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
        }
    }
}
