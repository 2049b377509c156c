using System.Text.Json;
using System.Text.Json.Serialization;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>How the OP is started.</summary>
/// <param name="ExpiresIn">The longest life of a request, in seconds.</param>
/// <param name="ForgetExpired">An expired request is answered <c>invalid_grant</c>, as by an OP whose store forgets, not <c>expired_token</c>.</param>
public sealed record RealOpSettings(int ExpiresIn = 600, bool ForgetExpired = false);

/// <summary>A client as the OP registers it, by its names of RFC 7591; what is null keeps the OP's default.</summary>
public sealed record RealOpClient([property: JsonPropertyName("client_id")] string ClientId)
{
    [JsonPropertyName("client_secret")]
    public string? ClientSecret { get; init; }

    [JsonPropertyName("token_endpoint_auth_method")]
    public string AuthenticationMethod { get; init; } = "client_secret_basic";

    [JsonPropertyName("token_endpoint_auth_signing_alg")]
    public string? AuthenticationSigningAlgorithm { get; init; }

    [JsonPropertyName("id_token_signed_response_alg")]
    public string? IdTokenSigningAlgorithm { get; init; }

    [JsonPropertyName("backchannel_authentication_request_signing_alg")]
    public string? RequestSigningAlgorithm { get; init; }

    /// <summary><c>poll</c> or <c>ping</c>.</summary>
    [JsonPropertyName("backchannel_token_delivery_mode")]
    public string DeliveryMode { get; init; } = "poll";

    /// <summary>The OP insists on https; it calls <c>https://127.0.0.1:…</c> by http.</summary>
    [JsonPropertyName("backchannel_client_notification_endpoint")]
    public string? NotificationEndpoint { get; init; }

    /// <summary>A JSON object <c>{"keys":[…]}</c> of public keys.</summary>
    [JsonPropertyName("jwks")]
    public JsonElement? KeySet { get; init; }

    /// <inheritdoc cref="NotificationEndpoint"/>
    [JsonPropertyName("jwks_uri")]
    public string? KeySetUri { get; init; }
}

/// <summary>What an account's phone does by itself.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PhoneMode>))]
public enum PhoneMode
{
    [JsonStringEnumMemberName("wait")]
    Wait,

    [JsonStringEnumMemberName("approve")]
    Approve,

    [JsonStringEnumMemberName("decline")]
    Decline,
}

/// <summary>A person; the login hint is <paramref name="Sub"/>. The OP starts with <c>alice</c>, and <c>bob</c> whose user code is 1234.</summary>
public sealed record RealOpAccount(string Sub, string? UserCode = null, PhoneMode Mode = PhoneMode.Wait)
{
    /// <summary>Further claims, by name: <c>name</c> (scope profile), <c>email</c>, <c>email_verified</c> (email), <c>phone_number</c> (phone).</summary>
    public IReadOnlyDictionary<string, object>? Claims { get; init; }
}

/// <summary>A request that waits on somebody's phone.</summary>
public sealed record RealOpRequest(
    string AuthReqId,
    string Client,
    string Sub,
    string? LoginHint,
    string? BindingMessage,
    string? Scope,
    string? AcrValues,
    string? RequestContext,
    string? RequestedExpiry);

/// <summary>What the OP saw so far. Times are milliseconds of its own steady clock.</summary>
public sealed record RealOpSeen(
    long Now,
    IReadOnlyList<SeenRequest> Requests,
    int UnknownPolls,
    IReadOnlyList<SeenAssertion> Assertions,
    IReadOnlyDictionary<string, SeenEndpoint> Endpoints,
    IReadOnlyList<SeenCall> Calls)
{
    public SeenRequest Request(string authReqId) => Requests.Single(request => request.AuthReqId == authReqId);
}

/// <summary>A request the OP acknowledged, and the polls for it.</summary>
public sealed record SeenRequest(string AuthReqId, long AcknowledgedAt, int ExpiresIn, IReadOnlyList<SeenPoll> Polls);

/// <summary>One token request: from when to when, and how it was answered; <c>Error</c> is null where tokens were.</summary>
public sealed record SeenPoll(long At, long? End, int Status, string? Error, bool Overlapping);

/// <summary>A client assertion; <c>Duplicate</c> where its client used the <c>jti</c> before.</summary>
public sealed record SeenAssertion(
    string Endpoint,
    string? Client,
    string? Jti,
    IReadOnlyList<string> Audience,
    bool AudienceIsList,
    string? Type,
    string? Algorithm,
    string? KeyId,
    long? Lifetime,
    bool Duplicate);

/// <summary>The last request of an endpoint, without secrets: <c>authorization</c> is its scheme, of the body only the names stay.</summary>
public sealed record SeenEndpoint(
    int Count,
    string Method,
    string HttpVersion,
    IReadOnlyDictionary<string, string> Headers,
    IReadOnlyList<string> Parameters);

/// <summary>A request of the OP to a client, a ping or one for its keys, and the status the client answered.</summary>
public sealed record SeenCall(long At, string Url, int Status);
