using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Client;

/// <summary>
/// One backchannel authentication request (CIBA Core §7.1). Confidential: <see cref="object.ToString"/> shows none of it.
/// Exactly one of <see cref="LoginHint"/>, <see cref="LoginHintToken"/> and <see cref="IdTokenHint"/> says who is asked.
/// </summary>
public sealed class BackchannelAuthenticationRequest
{
    private const int NotificationTokenBytes = 32;

    /// <summary>Who is asked, in a form the OP knows: a phone number, a user name, a person's number.</summary>
    public string? LoginHint { get; init; }

    /// <summary>Who is asked, as a token made for this purpose, of a form agreed with the OP; it should be signed by its maker (CIBA Core §14).</summary>
    public string? LoginHintToken { get; init; }

    /// <summary>
    /// Who is asked, as an ID token that this OP gave this client earlier; of one that was encrypted the signed token inside.
    /// The answer must be about the same user: give its <c>sub</c> as <see cref="IdTokenExpectation.Subject"/>.
    /// </summary>
    public string? IdTokenHint { get; init; }

    /// <summary>The scopes asked for, <c>openid</c> among them (CIBA Core §7.1); <see langword="null"/> asks for those of the client's settings.</summary>
    public IReadOnlyList<string>? Scope { get; init; }

    /// <summary>The text shown on both devices, so that the user can tell one request from another. Short, plain text.</summary>
    public string? BindingMessage { get; init; }

    /// <summary>The user's secret towards the OP; sent only where the OP's metadata offers it, and stored nowhere (CIBA Core §7.1.2).</summary>
    public string? UserCode { get; init; }

    /// <summary>How long the request should live; sent as whole seconds, at least one. The OP may choose otherwise.</summary>
    public TimeSpan? RequestedExpiry { get; init; }

    /// <summary>The authentication context classes asked for, best first.</summary>
    public IReadOnlyList<string> AcrValues { get; init; } = [];

    /// <summary>
    /// The context classes that satisfy, each to the letter; empty, the default, means those asked for. For an OP to which <see cref="AcrValues"/> say how to ask, a device
    /// for example, and whose <c>acr</c> says something else. With either list the ID token must carry one of its values: neither lets a token without <c>acr</c> pass.
    /// </summary>
    public IReadOnlyList<string> AcceptedAcrValues { get; init; } = [];

    /// <summary>What the ID token's <c>acr</c> must be one of, if anything.</summary>
    internal IReadOnlyList<string> SatisfyingAcrValues => AcceptedAcrValues.Count > 0 ? AcceptedAcrValues : AcrValues;

    /// <summary>
    /// What the OP's notification is to be recognised by: needed for ping and push, refused for poll (CIBA Core §7.1).
    /// A new one for each request, from <see cref="CreateNotificationToken"/>.
    /// </summary>
    public string? ClientNotificationToken { get; init; }

    /// <summary>The protected resources the tokens are for: absolute addresses without fragment (RFC 8707 §2).</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>What exactly the user is asked to allow, a payment for example (RFC 9396 §2): objects with a <c>type</c> each.</summary>
    public JsonArray? AuthorizationDetails { get; init; }

    /// <summary>What is known of the device the request comes from, for the OP's own judgement (FAPI-CIBA, <c>request_context</c>).</summary>
    public JsonObject? RequestContext { get; init; }

    /// <summary>
    /// Further parameters, by name, for OPs that know more than the specification (CIBA Core §7.1). Texts are sent as they are, everything else as JSON;
    /// in a signed request each keeps its type. A null or empty one is left out. A name for which <see cref="IsReserved"/> holds is refused.
    /// What <c>max_age</c> among them asks for, in whole seconds, is held against the ID token (<see cref="MaxAge"/>).
    /// </summary>
    public IReadOnlyDictionary<string, JsonNode?> Parameters { get; init; } = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);

    /// <summary>
    /// How long ago the user may have proved who they are: the <c>max_age</c> among <see cref="Parameters"/>; <see langword="null"/> where there is none. The ID token
    /// must then tell when that was (OpenID Connect Core §3.1.3.7): give it as <see cref="IdTokenExpectation.MaxAge"/>.
    /// </summary>
    public TimeSpan? MaxAge => RequestCheck.TryReadMaxAge(this, out var age) ? age : null;

    /// <summary>What came before the acknowledgement.</summary>
    internal EarlyNotifications Early { get; } = new();

    /// <summary>
    /// Takes a call of the OP to the program's notification endpoint, also one that comes before the acknowledgement of this request (CIBA Core §10.2): find the request
    /// by the call's token, and note it under <see cref="ClientNotificationToken"/> before it is sent. Once the handle is made it is told, as by its own <c>Notify</c>.
    /// </summary>
    /// <param name="notificationToken">The bearer token of the call's <c>Authorization</c> header.</param>
    /// <param name="notification">What the call said.</param>
    /// <returns>As <see cref="PendingAuthentication.Notify"/>; before the acknowledgement a call about another <c>auth_req_id</c> cannot be told, and has no effect later.</returns>
    public bool Notify(string? notificationToken, CibaNotification notification)
    {
        ArgumentNullException.ThrowIfNull(notification);
        return Early.Put(notificationToken, ClientNotificationToken, notification);
    }

    /// <summary>Makes a notification token: 256 random bits as 43 characters (CIBA Core §7.1 asks for 128 bits and recommends 160).</summary>
    /// <returns>A token never made before.</returns>
    public static string CreateNotificationToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NotificationTokenBytes));

    /// <summary>Whether a parameter has a property here, or is this client's own business, and so cannot be one of <see cref="Parameters"/>.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <returns><see langword="true"/> for <c>scope</c>, <c>login_hint</c>, <c>client_id</c>, <c>request</c> and their like.</returns>
    public static bool IsReserved(string name) => RequestCheck.Reserved.Contains(name);
}
