namespace SsoCibaMethod.Client;

/// <summary>Puts a client together from the address of its OP: discovery, and a way there that shows the client's certificate.</summary>
internal static class ClientAssembly
{
    private const string WellKnown = "/.well-known/openid-configuration";

    /// <exception cref="ArgumentException">The authority is not an address that may be called.</exception>
    public static Uri MetadataAddress(string authority) =>
        Uri.TryCreate(Issuer(authority) + WellKnown, UriKind.Absolute, out var address) && EndpointAddress.IsAllowed(address)
            ? address
            : throw new ArgumentException("The authority is the OP's issuer, an address that begins with https:// (http:// for this very machine alone).", nameof(authority));

    public static CibaClient Create(CibaClientSettings settings, string authority, HttpMessageHandler handler, TimeProvider? time)
    {
        // Lives as long as the client; the handler belongs to the caller.
        var backchannel = new HttpMessageInvoker(handler, disposeHandler: false);

        // OpenID Connect Discovery §4.3: the issuer is what the address begins with.
        var metadata = new ProviderMetadataSettings { Client = settings, ExpectedIssuer = Issuer(authority), MetadataAddress = MetadataAddress(authority) };
        return new CibaClient(settings, new ProviderMetadataSource(metadata, backchannel, time), backchannel, time);
    }

    /// <summary>The certificate is one of the client's settings; the transport need not be told it again.</summary>
    public static HttpMessageHandler CreateHandler(CibaClientSettings settings, BackchannelTransportSettings? transport) =>
        BackchannelTransport.CreateHandler(transport?.ClientCertificate is not null ? transport : new BackchannelTransportSettings
        {
            ClientCertificate = settings.ClientCertificate,
            TrustFile = transport?.TrustFile,
            RevocationMode = transport?.RevocationMode,
            OnFault = transport?.OnFault,
            Time = transport?.Time ?? TimeProvider.System,
        });

    private static string Issuer(string authority) => authority.TrimEnd('/');
}
