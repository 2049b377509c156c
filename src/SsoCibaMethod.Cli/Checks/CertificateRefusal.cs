using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace SsoCibaMethod.Cli.Checks;

/// <summary>Why the platform refused a server's certificate, and who can do what about it.</summary>
internal sealed record CertificateRefusal(string Reason, string Cure)
{
    private const X509ChainStatusFlags Untrusted = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;
    private const X509ChainStatusFlags Unknown = X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation;

    /// <summary>The gravest reason; <see langword="null"/> where nothing was refused.</summary>
    public static CertificateRefusal? Of(SslPolicyErrors errors, X509Chain? chain) =>
        Of(errors, chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status) ?? X509ChainStatusFlags.NoError);

    public static CertificateRefusal? Of(SslPolicyErrors errors, X509ChainStatusFlags flags) => (errors, flags) switch
    {
        (SslPolicyErrors.None, _) => null,
        _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) => new("it showed no certificate", "See whether the address is one of https."),
        _ when flags.HasFlag(X509ChainStatusFlags.Revoked) => new("a certificate is revoked", "Ask the OP, and send nothing there before it has answered."),
        _ when flags.HasFlag(X509ChainStatusFlags.NotTimeValid) => new("a certificate is not valid now", "See whether this machine's clock is right; else ask the OP to renew its certificate."),
        _ when (flags & Untrusted) != X509ChainStatusFlags.NoError => new(
            "no trusted authority vouches for it", "Where the OP is right, name the file of its roots in BackchannelTrust, with the certificates in between where the OP does not send them."),
        _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => new(
            "its certificate is for another host name", "Call the OP by a name that its certificate has, or ask it for one with this name."),
        _ when (flags & Unknown) != X509ChainStatusFlags.NoError => new("nobody could say whether it is revoked", "Let the lists that its certificate names be reachable from here, or change BackchannelRevocation."),
        _ => new($"its certificate does not hold ({flags})", "Ask the OP for one that does."),
    };
}
