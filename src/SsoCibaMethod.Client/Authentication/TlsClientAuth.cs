namespace SsoCibaMethod.Client;

/// <summary>
/// <c>tls_client_auth</c>: the client's certificate, issued by an authority the OP trusts, proves it in the TLS handshake (RFC 8705 §2.1).
/// The transport shows the certificate; the request carries the client's id alone.
/// </summary>
public sealed class TlsClientAuth : ClientAuthentication
{
    /// <inheritdoc/>
    public override string Method => "tls_client_auth";

    internal override bool IsByCertificate => true;

    internal override void Apply(in Target target) => target.Form.Ensure("client_id", target.ClientId);
}
