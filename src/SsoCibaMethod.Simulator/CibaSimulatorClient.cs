using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Simulator.Clients;
using SsoCibaMethod.Simulator.Keys;

namespace SsoCibaMethod.Simulator;

/// <summary>A client registered at the simulated OP.</summary>
/// <param name="clientId">The <c>client_id</c>.</param>
public sealed class CibaSimulatorClient(string clientId)
{
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

    /// <summary>Gets the public keys of the client, for <c>private_key_jwt</c> and signed requests: a JWK set as JSON text.</summary>
    public string? Jwks
    {
        get;
        init
        {
            field = value;
            Keys = value is null ? [] : [.. new JsonWebKeySet(value).GetSigningKeys()];
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

    internal string? Incomplete => TokenDeliveryMode is not CibaSimulatorDeliveryMode.Poll && NotificationEndpoint is null
        ? $"The simulator's client {ClientId} is registered for {TokenDeliveryMode} without a NotificationEndpoint. Set it."
        : null;

    internal IReadOnlyList<SecurityKey> Keys { get; private init; } = [];
}
