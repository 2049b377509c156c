using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SsoCibaMethod.Simulator.Notifications;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Requests;

/// <summary>What a backchannel authentication request must be (CIBA Core §7.1, checked as §7.2 says, refused as §13 says).</summary>
internal static class AuthenticationRequestRules
{
    public static readonly IReadOnlyList<string> Scopes = ["openid", "profile", "email", "offline_access"];

    private static readonly TimeSpan PatternTimeout = TimeSpan.FromMilliseconds(200);

    public static async Task<(AuthenticationRequest? Request, ProtocolError? Error)> CheckAsync(
        RequestParameters parameters, CibaSimulatorClient client, string issuer, CibaSimulator simulator)
    {
        var options = simulator.Options;
        var details = parameters.Json("authorization_details", JsonValueKind.Array);
        var requestContext = parameters.Json("request_context", JsonValueKind.Object);
        var error = ExpiryError(parameters, out var requestedExpiry) ?? ScopeError(parameters) ?? HintResolver.CountError(parameters)
            ?? BindingMessageError(parameters, options) ?? ResourceError(parameters)
            ?? NotificationToken.Check(parameters.Text("client_notification_token"), client);
        error ??= parameters.Has("authorization_details") ? AuthorizationDetails.Check(details, options.AuthorizationDetailsTypes) : null;
        error ??= parameters.Has("request_context") && requestContext is null
            ? ProtocolError.InvalidRequest("The request_context is not a JSON object.")
            : null;
        if (error is not null)
        {
            return (null, error);
        }

        (var account, var loginHint, var kind, error) = await simulator.Hints.ResolveAsync(parameters, client, issuer);
        error ??= UserCodeError(parameters, account!, options);
        return error is not null ? (null, error) : (new()
        {
            Client = client,
            Account = account!,
            Hint = kind,
            LoginHint = loginHint,
            Issuer = issuer,
            Scope = [.. Words(parameters.Text("scope")).Intersect(Scopes)],
            AcrValues = Words(parameters.Text("acr_values")),
            BindingMessage = parameters.Text("binding_message"),
            RequestedExpiry = requestedExpiry,
            Resources = parameters.Texts("resource")!,
            AuthorizationDetails = details,
            RequestContext = requestContext,
            IsSigned = parameters.IsSigned,
            NotificationToken = client.TokenDeliveryMode is CibaSimulatorDeliveryMode.Poll ? null : parameters.Text("client_notification_token"),
        }, null);
    }

    private static ProtocolError? ScopeError(RequestParameters parameters) =>
        !parameters.Has("scope") ? ProtocolError.InvalidRequest("The scope is missing.")
        : Words(parameters.Text("scope")).Contains("openid") ? null
        : new("invalid_scope", "The scope does not contain openid.");

    private static ProtocolError? ExpiryError(RequestParameters parameters, out int? requestedExpiry)
    {
        requestedExpiry = null;
        if (!parameters.Has("requested_expiry"))
        {
            return null;
        }

        if (!int.TryParse(parameters.TextOrNumber("requested_expiry"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds == 0)
        {
            return ProtocolError.InvalidRequest("The requested_expiry is not a positive integer.");
        }

        requestedExpiry = seconds;
        return null;
    }

    private static ProtocolError? BindingMessageError(RequestParameters parameters, CibaSimulatorOptions options)
    {
        var fits = parameters.Text("binding_message") is not { } message
            || (message.Length <= options.BindingMessageMaxLength
                && !message.Any(char.IsControl)
                && (options.BindingMessagePattern is not { } pattern
                    || Regex.IsMatch(message, $"^(?:{pattern})$", RegexOptions.CultureInvariant, PatternTimeout)));
        return fits ? null : new("invalid_binding_message", "The binding message cannot be shown.");
    }

    /// <summary>Each resource is an absolute URI without a fragment (RFC 8707 §2).</summary>
    private static ProtocolError? ResourceError(RequestParameters parameters) =>
        parameters.Texts("resource") is { } resources
            && resources.All(resource => !resource.Contains('#', StringComparison.Ordinal)
                && Uri.TryCreate(resource, UriKind.Absolute, out var uri) && resource.StartsWith(uri.Scheme, StringComparison.OrdinalIgnoreCase))
            ? null
            : new("invalid_target", "A resource is not an absolute URI without a fragment.");

    private static ProtocolError? UserCodeError(RequestParameters parameters, CibaSimulatorAccount account, CibaSimulatorOptions options) =>
        !options.UserCodeSupported || account.UserCode is null || parameters.Text("user_code") == account.UserCode ? null
        : parameters.Has("user_code") ? new("invalid_user_code", "The user code is wrong.")
        : new("missing_user_code", "This account needs a user code.");

    private static string[] Words(string? list) => list?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
