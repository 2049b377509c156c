using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Simulator.Clients;
using SsoCibaMethod.Simulator.Keys;
using SsoCibaMethod.Simulator.Tokens;

namespace SsoCibaMethod.Simulator;

/// <summary>A client registered at the simulated OP.</summary>
/// <param name="clientId">The <c>client_id</c>.</param>
public sealed class CibaSimulatorClient(string clientId)
{
    private readonly IReadOnlyList<JsonWebKey> _jwks = [];

    /// <summary>Gets the <c>client_id</c>.</summary>
    public string ClientId { get; } = clientId;

    /// <summary>Gets the name the phone shows.</summary>
    public string Name { get; init; } = clientId;

    /// <summary>Gets the client secret; <c>client_secret_jwt</c> needs one of at least 32 bytes.</summary>
    public string? Secret { get; init; }

    /// <summary>Gets the registered <c>token_endpoint_auth_method</c>: the only one the client may use.</summary>
    public string AuthenticationMethod
    {
        get;
        init => field = ClientAuthenticationMethods.All.Contains(value)
            ? value
            : throw new ArgumentException($"The simulator knows {string.Join(", ", ClientAuthenticationMethods.All)}.", nameof(value));
    } = ClientAuthenticationMethods.ClientSecretBasic;

    /// <summary>Gets the registered <c>tls_client_auth_subject_dn</c>: the subject of the client's certificate, say <c>CN=client</c>.</summary>
    public string? TlsClientAuthSubjectDn { get; init; }

    /// <summary>Gets the registered <c>backchannel_token_delivery_mode</c>.</summary>
    public CibaSimulatorDeliveryMode TokenDeliveryMode { get; init; }

    /// <summary>Gets the registered <c>backchannel_client_notification_endpoint</c>, which ping and push need: https, on a loopback host http too.</summary>
    public Uri? NotificationEndpoint
    {
        get;
        init => field = value is null || value.Scheme == Uri.UriSchemeHttps || (value.Scheme == Uri.UriSchemeHttp && value.IsLoopback)
            ? value
            : throw new ArgumentException("The notification endpoint must be an https address (CIBA Core §4).", nameof(value));
    }

    /// <summary>Gets the public keys of the client, for <c>private_key_jwt</c>, signed requests, encrypted ID tokens and, as <c>x5c</c>, <c>self_signed_tls_client_auth</c>: a JWK set as JSON text.</summary>
    public string? Jwks
    {
        get;
        init
        {
            field = value;
            var keys = value is null ? null : new JsonWebKeySet(value);
            Keys = [.. keys?.GetSigningKeys() ?? []];
            _jwks = [.. keys?.Keys ?? []];
        }
    }

    /// <summary>Gets a value indicating whether the client must sign its authentication requests.</summary>
    public bool RequiresSignedRequests { get; init; }

    /// <summary>Gets the registered <c>backchannel_authentication_request_signing_alg</c>; without it any algorithm will do that the OP offers.</summary>
    public string? RequestSigningAlg { get; init; }

    /// <summary>Gets the <c>id_token_signed_response_alg</c>: RS256 (default), PS256 or ES256.</summary>
    public string IdTokenSigningAlg
    {
        get;
        init => field = SigningKeys.Algorithms.Contains(value)
            ? value
            : throw new ArgumentException($"The simulator signs with {string.Join(", ", SigningKeys.Algorithms)}.", nameof(value));
    } = SecurityAlgorithms.RsaSha256;

    /// <summary>Gets the <c>id_token_encrypted_response_alg</c>; without it ID tokens are not encrypted. The key is the one in <see cref="Jwks"/> that fits, <c>use</c> being <c>enc</c> or absent.</summary>
    public string? IdTokenEncryptedResponseAlg
    {
        get;
        init => field = value is null || Jwe.Algorithms.Contains(value)
            ? value
            : throw new ArgumentException($"The simulator encrypts by {string.Join(", ", Jwe.Algorithms)}.", nameof(value));
    }

    /// <summary>Gets the <c>id_token_encrypted_response_enc</c>.</summary>
    public string IdTokenEncryptedResponseEnc
    {
        get;
        init => field = Jwe.Encryptions.Contains(value)
            ? value
            : throw new ArgumentException($"The simulator encrypts with {string.Join(", ", Jwe.Encryptions)}.", nameof(value));
    } = "A128CBC-HS256";

    /// <summary>Gets a value indicating whether the client must show a DPoP proof at the token endpoint (<c>dpop_bound_access_tokens</c>); any other client may.</summary>
    public bool DPoPBoundAccessTokens { get; init; }

    /// <summary>Gets a value indicating whether access tokens are bound to the client's certificate (<c>tls_client_certificate_bound_access_tokens</c>).</summary>
    public bool CertificateBoundAccessTokens { get; init; }

    internal IEnumerable<byte[]> RegisteredCertificates => _jwks.SelectMany(key => key.X5c.Take(1)).Select(Convert.FromBase64String);

    internal string? Incomplete =>
        AuthenticationMethod == ClientAuthenticationMethods.TlsClientAuth && TlsClientAuthSubjectDn is null
            ? $"The simulator's client {ClientId} is registered for tls_client_auth without a subject. Set its TlsClientAuthSubjectDn."
        : AuthenticationMethod == ClientAuthenticationMethods.SelfSignedTlsClientAuth && !RegisteredCertificates.Any()
            ? $"The simulator's client {ClientId} is registered for self_signed_tls_client_auth without a certificate. Put it into its Jwks as x5c."
        : TokenDeliveryMode is not CibaSimulatorDeliveryMode.Poll && NotificationEndpoint is null
            ? $"The simulator's client {ClientId} is registered for {TokenDeliveryMode} without a NotificationEndpoint. Set it."
        : TokenDeliveryMode is CibaSimulatorDeliveryMode.Push && DPoPBoundAccessTokens
            ? $"The simulator's client {ClientId} has its tokens pushed, which DPoP cannot bind. Set DPoPBoundAccessTokens only for poll and ping."
        : IdTokenEncryptedResponseAlg is { } alg && EncryptionKey is null
            ? $"The simulator's client {ClientId} registered {alg} without a key for it. Put one into its Jwks."
        : null;

    internal JsonWebKey? EncryptionKey => IdTokenEncryptedResponseAlg is { } alg
        ? _jwks.FirstOrDefault(key => key.Use is "enc" && Jwe.Fits(key, alg)) ?? _jwks.FirstOrDefault(key => string.IsNullOrEmpty(key.Use) && Jwe.Fits(key, alg))
        : null;

    internal IReadOnlyList<SecurityKey> Keys { get; private init; } = [];
}
