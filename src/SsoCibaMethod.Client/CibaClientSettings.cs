namespace SsoCibaMethod.Client;

/// <summary>What a <see cref="CibaClient"/> is registered as at the OP.</summary>
public sealed class CibaClientSettings
{
    /// <summary>The client identifier.</summary>
    public required string ClientId { get; init; }

    /// <summary>How the client proves itself at both endpoints.</summary>
    public required ClientAuthentication Authentication { get; init; }

    /// <summary>How the OP delivers the outcome; must be what the client is registered for (CIBA Core §10). Poll by default.</summary>
    public TokenDeliveryMode TokenDeliveryMode { get; init; }

    /// <summary>Signs authentication requests (CIBA Core §7.1.1); <see langword="null"/>, the default, sends them as plain parameters.</summary>
    public RequestSigning? RequestSigning { get; init; }

    /// <summary>
    /// The certificate the transport shows to the OP (give <see cref="BackchannelTransportSettings.ClientCertificate"/> the same): for <see cref="TlsClientAuth"/> and
    /// <see cref="SelfSignedTlsClientAuth"/>, and beside any other authentication for access tokens bound to it (RFC 8705 §3).
    /// With it the OP's <c>mtls_endpoint_aliases</c> are called (RFC 8705 §5).
    /// </summary>
    public ClientCertificateFile? ClientCertificate { get; init; }

    /// <summary>
    /// Binds access tokens to a key (RFC 9449): every token request carries a proof, and an answer with a token that is not bound is refused.
    /// Not for push, which has no token request.
    /// </summary>
    public DPoPKey? DPoP { get; init; }

    /// <summary>The scopes asked for, where a request does not name its own; must hold <c>openid</c> (CIBA Core §7.1).</summary>
    public IReadOnlyList<string> Scope { get; init; } = ["openid"];

    /// <summary>
    /// The algorithms an ID token may be signed with; <c>RS256</c> by default (OpenID Connect Core §3.1.3.7, 7.).
    /// <c>HS256</c> and its kin are verified with the client secret and count only if named here. <c>none</c> is never accepted.
    /// </summary>
    public IReadOnlyList<string> IdTokenSigningAlgorithms { get; init; } = ["RS256"];

    /// <summary>How the OP encrypts ID tokens; <see langword="null"/>, the default, where it does not. An ID token that is not as agreed is refused.</summary>
    public IdTokenDecryption? IdTokenDecryption { get; init; }

    /// <summary>When <see cref="CibaClient.WaitAsync"/> asks and when it gives up, as far as the OP leaves that open.</summary>
    public PollSettings Polling { get; init; } = new();

    /// <summary>By how much the OP's clock may differ from ours; 60 seconds by default, 5 minutes at most.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one answer of the OP is waited for; 40 seconds by default, 35 at least, since an OP may hold a poll for 30 (CIBA Core §10.1).</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>What the token endpoint must call its access tokens.</summary>
    internal string TokenType => DPoP is null ? TokenSetReader.Bearer : TokenSetReader.DPoP;

    /// <summary>Whether the transport shows a certificate, so that the OP's aliases are called.</summary>
    internal bool UsesMutualTls => ClientCertificate is not null || Authentication.IsByCertificate;
}
