namespace SsoCibaMethod.Client;

/// <summary>The way to an OP: no redirects, since they would carry secrets elsewhere; no cookies; certificates always checked.</summary>
public static class BackchannelTransport
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    // A change of the OP's address is seen within this time.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private const int MaximumHeaderKilobytes = 64;

    /// <summary>Creates a handler for one OP: certificates and limits differ, and one OP's trouble must not hold up another's polls.</summary>
    /// <param name="settings">What differs from the defaults.</param>
    /// <returns>The handler, for an <see cref="HttpMessageInvoker"/>.</returns>
    /// <exception cref="IOException">The trust file cannot be read.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The trust file holds no root certificate.</exception>
    public static HttpMessageHandler CreateHandler(BackchannelTransportSettings? settings = null)
    {
        settings ??= new BackchannelTransportSettings();
        return settings.ClientCertificate is null && settings.TrustFile is null ? Create(settings, null, null) : new RenewingHandler(settings);
    }

    internal static SocketsHttpHandler Create(BackchannelTransportSettings settings, ClientCertificate? certificate, TrustedRoots? roots)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            EnableMultipleHttp2Connections = true,
            MaxResponseHeadersLength = MaximumHeaderKilobytes,
        };
        var revocation = settings.RevocationMode ?? handler.SslOptions.CertificateRevocationCheckMode;
        handler.SslOptions.CertificateRevocationCheckMode = revocation;
        handler.SslOptions.CertificateChainPolicy = roots?.ToPolicy(revocation);
        handler.SslOptions.ClientCertificateContext = certificate?.Context;

        // A resumed connection shows no certificate: one begun where the OP asks for none could be resumed where it does, if both are one host.
        handler.SslOptions.AllowTlsResume = certificate is null;
        return handler;
    }
}
