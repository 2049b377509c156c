using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>A client's certificate as a file, and as the OP sees it.</summary>
internal static class ClientCertificates
{
    public const string Password = "password of the certificate file";

    /// <summary>What RFC 8705 §3.1 calls a certificate.</summary>
    public static string Thumbprint(X509Certificate2 certificate) => Base64Url.EncodeToString(SHA256.HashData(certificate.RawData));

    /// <summary>Writes certificate and key into one PFX file.</summary>
    public static string WritePfx(TemporaryFolder folder, string name, X509Certificate2 certificate) =>
        folder.Write(name, certificate.Export(X509ContentType.Pkcs12, Password));

    /// <summary>Writes certificate and key into one PEM file.</summary>
    public static string WritePem(TemporaryFolder folder, string name, X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return folder.Write(name, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
    }
}
