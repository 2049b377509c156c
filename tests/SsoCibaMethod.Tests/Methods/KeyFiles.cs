using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SsoCibaMethod.Tests.Methods;

/// <summary>A folder of key files that a test writes and replaces.</summary>
internal sealed class KeyFiles : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("ciba-keys-").FullName;

    public string Path(string name) => System.IO.Path.Combine(_directory, name);

    /// <summary>Writes a new private key as PEM.</summary>
    public string WriteKey(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Write(name, key.ExportPkcs8PrivateKeyPem());
    }

    public string WriteRsaKey(string name)
    {
        using var key = RSA.Create(2048);
        return Write(name, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Writes a new self-signed certificate with its key.</summary>
    public string WriteCertificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=app", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return Write(name, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
    }

    public string Write(string name, string content)
    {
        File.WriteAllText(Path(name), content);
        return Path(name);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
