using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Client.Tests;

/// <summary>A client certificate is read in every usual form, and read again when it changes on disk (S-54).</summary>
[Trait("Spec", "S-54")]
public sealed class ClientCertificateFileTests : IDisposable
{
    private const string Password = "correct horse";

    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
    private static readonly X509Certificate2 One = new TestCertificates().ForClient("one");
    private static readonly X509Certificate2 Other = new TestCertificates().ForClient("other");

    private static readonly Dictionary<string, (byte[] Content, string? Key, string? Password)> Good = new()
    {
        ["PFX"] = (One.Export(X509ContentType.Pfx), null, null),
        ["PFX with a password"] = (One.Export(X509ContentType.Pfx, Password), null, Password),
        ["PFX with issuers"] = (new X509Certificate2Collection { PublicOnly(Other), One }.Export(X509ContentType.Pfx, Password)!, null, Password),
        ["PEM, certificate first"] = (Text(TestCertificates.Pem(One) + TestCertificates.KeyPem(One)), null, null),
        ["PEM, key first, then issuers"] = (Text(TestCertificates.KeyPem(One) + TestCertificates.Pem(Other) + TestCertificates.Pem(One)), null, null),
        ["PEM with text around"] = (Text("subject=one\r\n" + TestCertificates.Pem(One) + "\n# key\n" + TestCertificates.KeyPem(One)), null, null),
        ["PEM with the key beside"] = (Text(TestCertificates.Pem(One)), TestCertificates.KeyPem(One), null),
        ["PEM with an encrypted key"] = (Text(TestCertificates.Pem(One) + EncryptedKey), null, Password),
        ["PEM with a SEC 1 key"] = (Text(TestCertificates.Pem(One) + One.GetECDsaPrivateKey()!.ExportECPrivateKeyPem()), null, null),
        ["PEM with a needless password"] = (Text(TestCertificates.Pem(One) + TestCertificates.KeyPem(One)), null, Password),
    };

    private static readonly Dictionary<string, (string Named, byte[] Content, string? Key, string? Password)> Bad = new()
    {
        ["nothing"] = ("neither PEM nor PFX", [], null, null),
        ["garbage"] = ("neither PEM nor PFX", Text("garbage"), null, null),
        ["a wrong password"] = ("the password is wrong", One.Export(X509ContentType.Pfx, Password), null, "wrong"),
        ["no password"] = ("the password is wrong", One.Export(X509ContentType.Pfx, Password), null, null),
        ["PFX without a key"] = ("no certificate with a private key", PublicOnly(One).Export(X509ContentType.Pfx), null, null),
        ["PFX with two keys"] = ("several certificates", new X509Certificate2Collection { One, Other }.Export(X509ContentType.Pfx)!, null, null),
        ["PEM without a key"] = ("no private key", Text(TestCertificates.Pem(One)), null, null),
        ["PEM without a certificate"] = ("no certificate with a private key", Text(TestCertificates.KeyPem(One)), null, null),
        ["PEM with another's key"] = ("no certificate with a private key", Text(TestCertificates.Pem(One) + TestCertificates.KeyPem(Other)), null, null),
        ["PEM with another's key beside"] = ("no certificate with a private key", Text(TestCertificates.Pem(One)), TestCertificates.KeyPem(Other), null),
        ["PEM with a key on a curve nobody knows"] = ("that this machine can use", Text(TestCertificates.Pem(One) + TestKeys.OnUnknownCurve(One.GetECDsaPrivateKey()!)), null, null),
        ["PEM encrypted without password"] = ("encrypted, and no password", Text(TestCertificates.Pem(One) + EncryptedKey), null, null),
        ["PEM encrypted, wrong password"] = ("no certificate with a private key", Text(TestCertificates.Pem(One) + EncryptedKey), null, "wrong"),
        ["PEM garbage"] = ("PEM", Text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" + TestCertificates.KeyPem(One)), null, null),
        ["a short RSA key"] = ("1024 bits", ShortRsa(), null, null),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("ciba-certificates-").FullName;
    private readonly ManualTimeProvider _time = new(TestToken.Now);
    private readonly List<string> _faults = [];
    private readonly List<string> _renewed = [];

    public static TheoryData<string> GoodNames => new(Good.Keys);

    public static TheoryData<string> BadNames => new(Bad.Keys);

    private static string EncryptedKey => One.GetECDsaPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem(Password, Encryption);

    [Theory]
    [MemberData(nameof(GoodNames))]
    public void A_certificate_is_read_with_its_key(string name)
    {
        var (content, key, password) = Good[name];

        var certificate = new ClientCertificateFile(Write(content), password, key is null ? null : Write(Text(key))).Certificate;

        Assert.Equal(One.Thumbprint, certificate.Thumbprint);
        Assert.NotEmpty(certificate.GetECDsaPrivateKey()!.SignData([0], HashAlgorithmName.SHA256));
    }

    [Theory]
    [MemberData(nameof(BadNames))]
    public void What_is_wrong_with_a_file_is_named(string name)
    {
        var (named, content, key, password) = Bad[name];

        var refused = Assert.Throws<CryptographicException>(() => new ClientCertificateFile(Write(content), password, key is null ? null : Write(Text(key))));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_an_IOException() =>
        Assert.ThrowsAny<IOException>(() => new ClientCertificateFile(Path.Combine(_folder, "missing.pfx")));

    [Fact]
    public void A_renewed_file_is_in_use_within_a_second()
    {
        var path = Write(Pem(One));
        var file = Watched(path);

        TestFiles.Renew(path, PemText(Other));
        Assert.Equal("CN=one", file.Certificate.Subject);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("CN=other", file.Certificate.Subject);
        Assert.Equal(["CN=other"], _renewed);
        Assert.Empty(_faults);
    }

    [Fact]
    public void A_bad_file_is_reported_once_and_leaves_the_old_certificate_in_use_until_a_good_one_comes()
    {
        var path = Write(Pem(One));
        var file = Watched(path);

        TestFiles.Renew(path, "garbage");
        for (var i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal("CN=one", file.Certificate.Subject);
        }

        Assert.Contains(path, Assert.Single(_faults), StringComparison.Ordinal);
        Assert.NotNull(file.Fault);

        TestFiles.Renew(path, PemText(Other));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("CN=other", file.Certificate.Subject);
        Assert.Null(file.Fault);
        Assert.Single(_faults);
    }

    [Fact]
    public void A_deleted_file_is_reported_and_is_found_when_it_is_back_as_it_was()
    {
        var path = Write(Pem(One));
        var file = Watched(path);
        File.Move(path, path + ".away");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("CN=one", file.Certificate.Subject);
        Assert.Single(_faults);

        File.Move(path + ".away", path);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("CN=one", file.Certificate.Subject);
        Assert.Null(file.Fault);
    }

    [Fact]
    public void A_certificate_that_came_before_its_key_waits_for_it()
    {
        var (path, keyPath) = (Write(Text(TestCertificates.Pem(One))), Write(Text(TestCertificates.KeyPem(One))));
        var file = Watched(path, keyPath);

        TestFiles.Renew(path, TestCertificates.Pem(Other));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("CN=one", file.Certificate.Subject);

        TestFiles.Renew(keyPath, TestCertificates.KeyPem(Other));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("CN=other", file.Certificate.Subject);
    }

    [Fact]
    public void A_link_turned_to_another_folder_is_seen()
    {
        // As a mounted secret is renewed: the file is a link through a folder that is a link.
        foreach (var (folder, certificate) in new[] { ("1", One), ("2", Other) })
        {
            Directory.CreateDirectory(Path.Combine(_folder, folder));
            File.WriteAllBytes(Path.Combine(_folder, folder, "tls.pem"), Pem(certificate));
        }

        var data = Path.Combine(_folder, "data");
        Directory.CreateSymbolicLink(data, "1");
        var path = Path.Combine(_folder, "tls.pem");
        File.CreateSymbolicLink(path, "data/tls.pem");
        File.SetLastWriteTimeUtc(Path.Combine(_folder, "2", "tls.pem"), TestToken.Now.UtcDateTime);
        var file = Watched(path);

        Directory.Delete(data);
        Directory.CreateSymbolicLink(data, "2");
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("CN=other", file.Certificate.Subject);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static string PemText(X509Certificate2 certificate) => TestCertificates.Pem(certificate) + TestCertificates.KeyPem(certificate);

    private static byte[] Pem(X509Certificate2 certificate) => Text(PemText(certificate));

    private static X509Certificate2 PublicOnly(X509Certificate2 certificate) => X509CertificateLoader.LoadCertificate(certificate.RawData);

    private static byte[] ShortRsa()
    {
        var request = new CertificateRequest("CN=short", TestKeys.WeakRsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TestToken.Now, TestToken.Now.AddYears(1));
        return certificate.Export(X509ContentType.Pfx);
    }

    private ClientCertificateFile Watched(string path, string? keyPath = null) =>
        new(path, keyPath: keyPath, time: _time) { OnFault = _faults.Add, OnRenewed = certificate => _renewed.Add(certificate.Subject) };

    private string Write(byte[] content)
    {
        var path = Path.Combine(_folder, Guid.NewGuid().ToString("n"));
        File.WriteAllBytes(path, content);
        return path;
    }
}
