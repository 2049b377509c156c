using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SsoCibaMethod.Client;

/// <summary>What must hold of a request before anybody is called: a broken rule is a mistake of the program, so it throws.</summary>
internal static partial class RequestCheck
{
    /// <summary>
    /// What further parameters cannot be named: the parameters with a property of their own, those of client authentication, and the claims
    /// a signed request has of its own. <c>sub</c> would make it a client assertion; a nested request is forbidden (RFC 9101 §4).
    /// </summary>
    public static readonly FrozenSet<string> Reserved = new[]
    {
        "scope", "login_hint", "login_hint_token", "id_token_hint", "binding_message", "user_code", "requested_expiry", "acr_values", "client_notification_token",
        "resource", "authorization_details", "request_context", "request", "request_uri",
        "client_id", "client_secret", "client_assertion", "client_assertion_type", "grant_type", "auth_req_id",
        "iss", "sub", "aud", "exp", "nbf", "iat", "jti",
    }.ToFrozenSet(StringComparer.Ordinal);

    private const int LongestNotificationToken = 1024;

    // 22 characters of this alphabet are the fewest that can hold the 128 bits asked for.
    private const int ShortestNotificationToken = 22;

    public static void ThrowIfUnfit(BackchannelAuthenticationRequest request, TokenDeliveryMode mode)
    {
        var fault = HintFault(request) ?? TextFault(request) ?? NotificationTokenFault(request.ClientNotificationToken, mode) ?? ExtensionFault(request);
        if (fault is not null)
        {
            throw new ArgumentException(fault, nameof(request));
        }
    }

    /// <summary>Reads the <c>max_age</c> among the parameters.</summary>
    /// <returns>Whether it is whole seconds, or absent.</returns>
    public static bool TryReadMaxAge(BackchannelAuthenticationRequest request, out TimeSpan? age)
    {
        age = null;
        if (request.Parameters.GetValueOrDefault("max_age") is not { } value || RequestMember.Text(value) is not { Length: > 0 } text)
        {
            return true;
        }

        var isRead = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
        age = isRead ? TimeSpan.FromSeconds(seconds) : null;
        return isRead;
    }

    private static string? HintFault(BackchannelAuthenticationRequest request) =>
        new[] { request.LoginHint, request.LoginHintToken, request.IdTokenHint }.Count(hint => !string.IsNullOrEmpty(hint)) == 1
            ? IdTokenHintFault(request.IdTokenHint)
            : "Give exactly one of LoginHint, LoginHintToken and IdTokenHint (CIBA Core §7.1).";

    // The answer is held against the hint's subject. Of an encrypted token the signed one inside is the hint (CIBA Core §7.1).
    private static string? IdTokenHintFault(string? hint) => string.IsNullOrEmpty(hint) || HintSubject.Of(hint) is not null
        ? null
        : "IdTokenHint must be a signed ID token with a sub; of an encrypted one give the token inside (CIBA Core §7.1).";

    private static string? TextFault(BackchannelAuthenticationRequest request)
    {
        if (request.Scope?.Contains("openid", StringComparer.Ordinal) == false)
        {
            return "Scope must hold openid (CIBA Core §7.1).";
        }

        if ((request.Scope ?? []).Concat(request.AcrValues).Concat(request.AcceptedAcrValues).FirstOrDefault(ClientSettingsCheck.IsNoToken) is { } item)
        {
            return $"Scope, AcrValues and AcceptedAcrValues hold one value an item, without spaces; \"{item}\" is none.";
        }

        return request.RequestedExpiry < TimeSpan.FromSeconds(1) ? "RequestedExpiry must be a second at least (CIBA Core §7.1)." : null;
    }

    private static string? NotificationTokenFault(string? token, TokenDeliveryMode mode)
    {
        if (mode == TokenDeliveryMode.Poll)
        {
            return token is null ? null : "ClientNotificationToken is for ping and push; the client's TokenDeliveryMode is Poll.";
        }

        return token switch
        {
            null => $"ClientNotificationToken is missing, and {mode} needs it (CIBA Core §7.1); make one with CreateNotificationToken().",
            { Length: < ShortestNotificationToken or > LongestNotificationToken } =>
                $"ClientNotificationToken must have {ShortestNotificationToken} to {LongestNotificationToken} characters (CIBA Core §7.1).",
            _ when !BearerToken().IsMatch(token) => "ClientNotificationToken must be letters, digits and -._~+/ with = at the end only (RFC 6750 §2.1).",
            _ => null,
        };
    }

    private static string? ExtensionFault(BackchannelAuthenticationRequest request)
    {
        if (request.Resources.FirstOrDefault(one => !IsResource(one)) is not null)
        {
            return "Each of Resources must be an absolute address without fragment (RFC 8707 §2).";
        }

        if (request.Parameters.Values.Append(request.RequestContext).Append(request.AuthorizationDetails).Any(value => value is not null && !IsText(value)))
        {
            return "Parameters, RequestContext and AuthorizationDetails must be Unicode text throughout.";
        }

        if (!TryReadMaxAge(request, out _))
        {
            return "max_age among Parameters must be whole seconds (OpenID Connect Core §3.1.2.1).";
        }

        if (request.AuthorizationDetails?.All(HasType) == false)
        {
            return "Each of AuthorizationDetails must be an object with a type (RFC 9396 §2).";
        }

        return request.Parameters.Keys.FirstOrDefault(name => name.Length == 0 || Reserved.Contains(name)) is { } reserved
            ? $"Parameters cannot hold {(reserved.Length == 0 ? "a parameter without a name" : reserved)}: it has a property of its own, or belongs to this client alone."
            : null;
    }

    // A path alone would pass as a file's address.
    private static bool IsResource(string one) => !one.StartsWith('/') && !one.Contains('#') && Uri.TryCreate(one, UriKind.Absolute, out _);

    private static bool IsText(JsonNode value)
    {
        try
        {
            return PersonalTexts.In(value) is not null;
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate is JSON, but no text.
            return false;
        }
    }

    private static bool HasType(JsonNode? detail) =>
        detail is JsonObject members && members["type"] is JsonValue type && type.TryGetValue<string>(out var text) && text.Length > 0;

    [GeneratedRegex(@"\A[A-Za-z0-9._~+/-]+=*\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BearerToken();
}
