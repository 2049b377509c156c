using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SsoCibaMethod.Simulator.Clients;

/// <summary>Whose certificate is it? Judged by its authority and name, or by the certificate that was registered (RFC 8705 §2).</summary>
internal static class ClientCertificateRules
{
    private const string ForClients = "1.3.6.1.5.5.7.3.2";

    /// <summary>What is wrong with the certificate, or <see langword="null"/>.</summary>
    public static string? Fault(X509Certificate2? certificate, CibaSimulatorClient client, CibaSimulatorOptions options, DateTimeOffset now) =>
        certificate is null ? "The client shows no certificate."
        : client.AuthenticationMethod == ClientAuthenticationMethods.SelfSignedTlsClientAuth
            ? client.RegisteredCertificates.Any(registered => CryptographicOperations.FixedTimeEquals(registered, certificate.RawData))
                ? null
                : "The certificate is not the one that was registered."
        : !IsIssued(certificate, options.ClientCertificateAuthorities, now) ? "The certificate is not a good one of an authority the OP trusts."
        : certificate.SubjectName.Name != new X500DistinguishedName(client.TlsClientAuthSubjectDn!).Name ? "The certificate names another subject."
        : null;

    private static bool IsIssued(X509Certificate2 certificate, X509Certificate2Collection authorities, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ForClients));
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;

        // An authority made for a test publishes no list of what it took back.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return authorities.Count > 0 && chain.Build(certificate);
    }
}
