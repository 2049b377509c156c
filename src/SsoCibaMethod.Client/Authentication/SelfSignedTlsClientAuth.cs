namespace SsoCibaMethod.Client;

/// <summary>
/// <c>self_signed_tls_client_auth</c>: a certificate that the client registered by its key set proves it in the TLS handshake (RFC 8705 §2.2).
/// The transport shows the certificate; the request carries the client's id alone.
/// </summary>
public sealed class SelfSignedTlsClientAuth : ClientAuthentication
{
    /// <inheritdoc/>
    public override string Method => "self_signed_tls_client_auth";

    internal override bool IsByCertificate => true;

    internal override void Apply(in Target target) => target.Form.Ensure("client_id", target.ClientId);
}
