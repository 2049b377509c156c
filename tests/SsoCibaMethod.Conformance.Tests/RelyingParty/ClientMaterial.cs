using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>
/// The keys and certificates of the client on disk, as an administrator has them, and the authority that both sides trust. Made once a test class,
/// and gone with its folder.
/// </summary>
public sealed class ClientMaterial : IDisposable
{
    public const string ClientId = "the-client";
    public const string KeyId = "client-key-1";

    // By the real clock a certificate must be good whenever the tests run; the clock of the tests has no part in TLS.
    private static readonly DateTimeOffset From = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2049, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ciba-conformance-");
    private readonly X509Certificate2 _authority;

    public ClientMaterial()
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=Conformance CA", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        authority.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        _authority = authority.CreateSelfSigned(From, Until);

        ServerCertificate = Issue("CN=localhost", "1.3.6.1.5.5.7.3.1", "localhost");
        ClientCertificate = Issue("CN=the-client,O=Conformance", "1.3.6.1.5.5.7.3.2");

        // A file without a password has nothing to stretch: this one is read many times.
        CertificateFile = Write("client.pfx", ClientCertificate.ExportPkcs12(new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 1), password: null));
        TrustFile = Write("ca.pem", Encoding.ASCII.GetBytes(_authority.ExportCertificatePem()));

        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        CurveKeyFile = Write("es256.pem", Encoding.ASCII.GetBytes(curve.ExportPkcs8PrivateKeyPem()));
        RsaKeyFile = Write("ps256.pem", Encoding.ASCII.GetBytes(rsa.ExportPkcs8PrivateKeyPem()));
    }

    public X509Certificate2 ServerCertificate { get; }

    public X509Certificate2 ClientCertificate { get; }

    /// <summary>The client's certificate with its key, PFX.</summary>
    public string CertificateFile { get; }

    /// <summary>The certificate of the authority the OP's own was issued by, PEM.</summary>
    public string TrustFile { get; }

    private string CurveKeyFile { get; }

    private string RsaKeyFile { get; }

    public string KeyFile(string algorithm) => algorithm == "ES256" ? CurveKeyFile : RsaKeyFile;

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose()
    {
        ServerCertificate.Dispose();
        ClientCertificate.Dispose();
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private X509Certificate2 Issue(string subject, string usage, string? host = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        if (host is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(host);
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
        }

        using var issued = request.Create(_authority, From, Until, RandomNumberGenerator.GetBytes(16));
        using var withKey = issued.CopyWithPrivateKey(key);

        // Through a file's form, since not every platform serves TLS with a key that lives in memory only.
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }
}
