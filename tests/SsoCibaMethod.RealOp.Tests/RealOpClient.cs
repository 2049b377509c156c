using System.Text.Json;
using System.Text.Json.Serialization;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>A client as the OP registers it, by its names of RFC 7591; what is null keeps the OP's default.</summary>
public sealed record RealOpClient([property: JsonPropertyName("client_id")] string ClientId)
{
    [JsonPropertyName("client_secret")]
    public string? ClientSecret { get; init; }

    /// <summary>CIBA alone by default.</summary>
    [JsonPropertyName("grant_types")]
    public IReadOnlyList<string>? GrantTypes { get; init; }

    [JsonPropertyName("token_endpoint_auth_method")]
    public string AuthenticationMethod { get; init; } = "client_secret_basic";

    [JsonPropertyName("token_endpoint_auth_signing_alg")]
    public string? AuthenticationSigningAlgorithm { get; init; }

    /// <summary>The subject of its certificate as RFC 4514 writes it; one of these four for <c>tls_client_auth</c>.</summary>
    [JsonPropertyName("tls_client_auth_subject_dn")]
    public string? SubjectName { get; init; }

    [JsonPropertyName("tls_client_auth_san_dns")]
    public string? SubjectDns { get; init; }

    [JsonPropertyName("tls_client_auth_san_uri")]
    public string? SubjectUri { get; init; }

    [JsonPropertyName("tls_client_auth_san_email")]
    public string? SubjectEmail { get; init; }

    /// <summary>Tokens are bound to the client's certificate (RFC 8705 §3).</summary>
    [JsonPropertyName("tls_client_certificate_bound_access_tokens")]
    public bool? CertificateBoundTokens { get; init; }

    /// <summary>Tokens are bound to the client's DPoP key, and a token request without a proof is refused.</summary>
    [JsonPropertyName("dpop_bound_access_tokens")]
    public bool? DPoPBoundTokens { get; init; }

    [JsonPropertyName("id_token_signed_response_alg")]
    public string? IdTokenSigningAlgorithm { get; init; }

    [JsonPropertyName("id_token_encrypted_response_alg")]
    public string? IdTokenEncryptionAlgorithm { get; init; }

    [JsonPropertyName("id_token_encrypted_response_enc")]
    public string? IdTokenContentEncryption { get; init; }

    /// <summary>Requests must be signed, by this algorithm.</summary>
    [JsonPropertyName("backchannel_authentication_request_signing_alg")]
    public string? RequestSigningAlgorithm { get; init; }

    [JsonPropertyName("authorization_details_types")]
    public IReadOnlyList<string>? AuthorizationDetailsTypes { get; init; }

    /// <summary><c>poll</c> or <c>ping</c>.</summary>
    [JsonPropertyName("backchannel_token_delivery_mode")]
    public string DeliveryMode { get; init; } = "poll";

    /// <summary>The OP insists on https; where it has no TLS itself it calls <c>https://127.0.0.1:…</c> by http.</summary>
    [JsonPropertyName("backchannel_client_notification_endpoint")]
    public string? NotificationEndpoint { get; init; }

    /// <summary>A JSON object <c>{"keys":[…]}</c> of public keys.</summary>
    [JsonPropertyName("jwks")]
    public JsonElement? KeySet { get; init; }

    /// <inheritdoc cref="NotificationEndpoint"/>
    [JsonPropertyName("jwks_uri")]
    public string? KeySetUri { get; init; }
}
