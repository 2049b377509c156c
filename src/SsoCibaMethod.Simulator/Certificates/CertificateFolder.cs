using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SsoCibaMethod.Simulator.Certificates;

/// <summary>The files of the authority and of the client certificates. What is missing, unreadable or soon too old is made anew.</summary>
internal static class CertificateFolder
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(1);

    public static string AuthorityOf(string folder) => Path.Combine(folder, "ca.pem");

    public static X509Certificate2 ReadOrMakeAuthority(string folder, DateTimeOffset now)
    {
        if (Read(() => X509Certificate2.CreateFromPemFile(AuthorityOf(folder), KeyOf(folder)), now) is { } authority)
        {
            return authority;
        }

        Directory.CreateDirectory(folder);
        var made = CertificateMaker.MakeAuthority(now);
        WriteSecret(KeyOf(folder), Encoding.ASCII.GetBytes(KeyPem(made)));
        File.WriteAllText(AuthorityOf(folder), made.ExportCertificatePem() + "\n");
        return made;
    }

    public static X509Certificate2? ReadClient(string folder, string name, string subject, X509Certificate2 authority, DateTimeOffset now)
    {
        var pfx = Path.Combine(folder, name + ".pfx");
        var client = Read(() => X509CertificateLoader.LoadPkcs12FromFile(pfx, password: null, X509KeyStorageFlags.Exportable), now);
        return client?.SubjectName.Name == new X500DistinguishedName(subject).Name && IsBy(client, authority) ? client : null;
    }

    public static X509Certificate2 Write(string folder, string name, X509Certificate2 client)
    {
        WriteSecret(Path.Combine(folder, name + ".pfx"), client.Export(X509ContentType.Pkcs12));
        WriteSecret(Path.Combine(folder, name + ".pem"), Encoding.ASCII.GetBytes($"{client.ExportCertificatePem()}\n{KeyPem(client)}"));
        return client;
    }

    private static X509Certificate2? Read(Func<X509Certificate2> read, DateTimeOffset now)
    {
        try
        {
            var found = read();
            return new DateTimeOffset(found.NotBefore) <= now && now + Soon < new DateTimeOffset(found.NotAfter) ? found : null;
        }
        catch (Exception exception) when (exception is IOException or CryptographicException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsBy(X509Certificate2 certificate, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        return chain.Build(certificate);
    }

    private static string KeyOf(string folder) => Path.Combine(folder, "ca.key");

    private static string KeyPem(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    /// <summary>Readable to its owner alone, from the first byte on.</summary>
    private static void WriteSecret(string path, byte[] content)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(content);
    }
}
