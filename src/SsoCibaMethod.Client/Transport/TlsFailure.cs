using System.Security.Authentication;

namespace SsoCibaMethod.Client;

/// <summary>Says why a TLS handshake failed, and what an administrator can do about it.</summary>
internal static class TlsFailure
{
    // The platform names what it found by the members of these enumerations, whatever its language: SslPolicyErrors, X509ChainStatusFlags.
    private static readonly (string Name, string Cure)[] Cures =
    [
        ("RemoteCertificateNameMismatch", "the OP's certificate is for another host name than the one called"),
        ("NotTimeValid", "a certificate of the OP is not valid now: expired, or one of the two clocks is wrong"),
        ("Revoked", "a certificate of the OP is revoked"),
        ("RevocationStatusUnknown", "nobody could say whether the OP's certificate is revoked: its lists must be reachable, or change the setting BackchannelRevocation"),
        ("UntrustedRoot", Untrusted),
        ("PartialChain", Untrusted),
        ("NotValidForUsage", "the OP's certificate is not one for servers"),
    ];

    private const string Untrusted =
        "no trusted authority vouches for the OP's certificate: name the file of its roots in the setting BackchannelTrust, with the certificates in between where the OP does not send them";

    public static string Describe(Exception? cause)
    {
        if (cause is not AuthenticationException)
        {
            return "TLS failed";
        }

        // A cause may be wrapped in another that only says "see the inner exception".
        var message = cause.InnerException is AuthenticationException inner ? inner.Message : cause.Message;
        var cure = Cures.FirstOrDefault(one => message.Contains(one.Name, StringComparison.Ordinal)).Cure;
        return cure is null ? $"TLS failed: {message}" : $"TLS failed: {cure} ({message})";
    }
}
