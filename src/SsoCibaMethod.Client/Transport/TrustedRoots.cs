using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SsoCibaMethod.Client;

/// <summary>The authorities of a private OP: with them no other is trusted, not even those of the machine.</summary>
internal sealed class TrustedRoots(X509Certificate2Collection roots, X509Certificate2Collection intermediates)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static TrustedRoots Read(string path)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(File.ReadAllText(path));
        var isRoot = certificates.ToLookup(certificate => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData));
        return isRoot[true].Any()
            ? new TrustedRoots([.. isRoot[true]], [.. isRoot[false]])
            : throw new CryptographicException("The file holds no root certificate (one that names itself as its issuer) in PEM form.");
    }

    // The host's name is checked by the handshake itself, whatever stands here.
    public X509ChainPolicy ToPolicy(X509RevocationMode revocation)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = revocation };
        policy.CustomTrustStore.AddRange(roots);
        policy.ExtraStore.AddRange(intermediates);
        _ = policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        return policy;
    }
}
