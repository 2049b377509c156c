using System.Security.Cryptography.X509Certificates;

namespace SsoCibaMethod.Client;

/// <summary>What may be chosen of the way to an OP. That its certificate is checked may not.</summary>
public sealed class BackchannelTransportSettings
{
    /// <summary>The certificate to show to the OP (RFC 8705); the same as <see cref="CibaClientSettings.ClientCertificate"/>. None by default.</summary>
    public ClientCertificateFile? ClientCertificate { get; init; }

    /// <summary>
    /// A PEM file with the root certificates of a private OP, and the certificates below them where the OP does not send these: no other root is trusted then.
    /// A change of it is in use within a second. By default the machine's own roots are trusted.
    /// </summary>
    public string? TrustFile { get; init; }

    /// <summary>Whether it is asked if the OP's certificate was revoked; the platform's habit, which is not to ask, by default. An answer that cannot be had is a no.</summary>
    public X509RevocationMode? RevocationMode { get; init; }

    /// <summary>Told why a changed <see cref="TrustFile"/> cannot be used, for a log; the roots read before stay in use.</summary>
    public Action<string>? OnFault { get; init; }

    /// <summary>The clock that says when to look at files again; the system's by default.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
