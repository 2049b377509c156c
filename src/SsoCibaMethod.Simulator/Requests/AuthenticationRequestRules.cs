using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Requests;

/// <summary>What a backchannel authentication request must be (CIBA Core §7.1, checked as §7.2 says, refused as §13 says).</summary>
internal static class AuthenticationRequestRules
{
    public static readonly IReadOnlyList<string> Scopes = ["openid", "profile", "email"];

    private static readonly TimeSpan PatternTimeout = TimeSpan.FromMilliseconds(200);

    public static (AuthenticationRequest? Request, ProtocolError? Error) Check(
        ProtocolForm form, CibaSimulatorClient client, CibaSimulatorOptions options)
    {
        var error = ExpiryError(form, out var requestedExpiry) ?? ScopeError(form) ?? HintError(form) ?? BindingMessageError(form, options);
        if (error is not null)
        {
            return (null, error);
        }

        var hint = form["login_hint"]!;
        if (options.AccountOf(hint) is not { } account)
        {
            return (null, new("unknown_user_id", "The login hint names nobody."));
        }

        if (account.Locked)
        {
            return (null, new("access_denied", "This account is locked.", StatusCodes.Status403Forbidden));
        }

        error = UserCodeError(form, account, options);
        return error is not null
            ? (null, error)
            : (new(
                client,
                account,
                hint,
                [.. Words(form["scope"]).Intersect(Scopes)],
                Words(form["acr_values"]),
                form["binding_message"],
                requestedExpiry), null);
    }

    private static ProtocolError? ScopeError(ProtocolForm form) =>
        !form.Has("scope") ? ProtocolError.InvalidRequest("The scope is missing.")
        : Words(form["scope"]).Contains("openid") ? null
        : new("invalid_scope", "The scope does not contain openid.");

    private static ProtocolError? HintError(ProtocolForm form)
    {
        // No signing algorithm is announced, so a signed request (§7.1.1) cannot be meant for this OP.
        if (form.Has("request"))
        {
            return ProtocolError.InvalidRequest("Signed requests are not supported.");
        }

        string[] hints = ["login_hint", "login_hint_token", "id_token_hint"];
        return hints.Count(form.Has) != 1 ? ProtocolError.InvalidRequest("There must be exactly one hint.")
            : form.Has("login_hint") ? null
            : ProtocolError.InvalidRequest("Only login_hint is supported.");
    }

    private static ProtocolError? ExpiryError(ProtocolForm form, out int? requestedExpiry)
    {
        requestedExpiry = null;
        if (!form.Has("requested_expiry"))
        {
            return null;
        }

        if (!int.TryParse(form["requested_expiry"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds == 0)
        {
            return ProtocolError.InvalidRequest("The requested_expiry is not a positive integer.");
        }

        requestedExpiry = seconds;
        return null;
    }

    private static ProtocolError? BindingMessageError(ProtocolForm form, CibaSimulatorOptions options)
    {
        var fits = form["binding_message"] is not { } message
            || (message.Length <= options.BindingMessageMaxLength
                && !message.Any(char.IsControl)
                && (options.BindingMessagePattern is not { } pattern
                    || Regex.IsMatch(message, $"^(?:{pattern})$", RegexOptions.CultureInvariant, PatternTimeout)));
        return fits ? null : new("invalid_binding_message", "The binding message cannot be shown.");
    }

    private static ProtocolError? UserCodeError(ProtocolForm form, CibaSimulatorAccount account, CibaSimulatorOptions options) =>
        !options.UserCodeSupported || account.UserCode is null || form["user_code"] == account.UserCode ? null
        : form.Has("user_code") ? new("invalid_user_code", "The user code is wrong.")
        : new("missing_user_code", "This account needs a user code.");

    private static string[] Words(string? list) => list?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
