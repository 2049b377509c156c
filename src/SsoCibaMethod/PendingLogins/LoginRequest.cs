using SsoCibaMethod.Client;

namespace SsoCibaMethod.PendingLogins;

/// <summary>What a login asks the OP (CIBA Core §7.1).</summary>
internal static class LoginRequest
{
    public static BackchannelAuthenticationRequest Of(PendingLogin login, CibaOptions options, string issuer, RequestSecrets secrets) => new()
    {
        LoginHint = login.Details.HintKind is HintKind.Typed or HintKind.Given ? LoginHintText.Of(login.Details.LoginHint, options.LoginHint.Format, issuer) : null,
        LoginHintToken = login.Details.HintKind == HintKind.LoginHintToken ? login.Details.LoginHint : null,
        IdTokenHint = login.Details.HintKind == HintKind.IdToken ? login.Details.LoginHint : null,
        BindingMessage = login.Details.BindingMessage,
        ClientNotificationToken = secrets.NotificationToken,
        UserCode = secrets.UserCode,
        Scope = login.Details.Content.Scope,
        RequestedExpiry = login.Details.Content.RequestedExpiry,
        AcrValues = login.Details.Content.AcrValues,
        Resources = login.Details.Content.Resources,
        AuthorizationDetails = login.Details.Content.AuthorizationDetails,
        RequestContext = login.Details.Content.RequestContext,
        Parameters = (login.Details.Content.Parameters ?? []).ToDictionary(StringComparer.Ordinal),
    };
}
