using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;

namespace SsoCibaMethod;

/// <summary>
/// What one challenge may ask beyond the method's settings. It travels to the login page and back under data protection, and so must stay small: some 3,000
/// characters in all. Larger things are for <see cref="CibaEvents.OnBackchannelAuthentication"/>.
/// </summary>
public class CibaChallengeProperties : AuthenticationProperties
{
    internal const string LoginHintTokenParameter = "login_hint_token";
    internal const string IdTokenHintParameter = "id_token_hint";
    internal const string ScopeParameter = "scope";
    internal const string RequestedExpiryParameter = "requested_expiry";
    internal const string AcrValuesParameter = "acr_values";
    internal const string AcceptedAcrValuesParameter = "accepted_acr_values";
    internal const string ResourcesParameter = "resource";
    internal const string AuthorizationDetailsParameter = "authorization_details";
    internal const string RequestContextParameter = "request_context";
    internal const string RequestParametersParameter = "request_parameters";

    /// <summary>Fills in the hint field beforehand; the user can change it. Not with one of the two tokens.</summary>
    public string? LoginHint
    {
        get => GetParameter<string>(CibaDefaults.LoginHintParameter);
        set => SetParameter(CibaDefaults.LoginHintParameter, value);
    }

    /// <summary>Who is asked, as a <c>login_hint_token</c>. The page then has one button and nothing to type.</summary>
    public string? LoginHintToken
    {
        get => GetParameter<string>(LoginHintTokenParameter);
        set => SetParameter(LoginHintTokenParameter, value);
    }

    /// <summary>Who is asked, as an <c>id_token_hint</c>: a signed ID token that this OP gave this client earlier. The page then has one button, and nobody else can sign in.</summary>
    public string? IdTokenHint
    {
        get => GetParameter<string>(IdTokenHintParameter);
        set => SetParameter(IdTokenHintParameter, value);
    }

    /// <summary>The scopes asked for, in the place of the method's; <c>openid</c> must be among them.</summary>
    public IReadOnlyList<string>? Scope
    {
        get => GetParameter<IReadOnlyList<string>>(ScopeParameter);
        set => SetParameter(ScopeParameter, value);
    }

    /// <summary>How long the OP should let the user decide, in whole seconds, in the place of the method's. The login lives no longer.</summary>
    public TimeSpan? RequestedExpiry
    {
        get => GetParameter<TimeSpan?>(RequestedExpiryParameter);
        set => SetParameter(RequestedExpiryParameter, value);
    }

    /// <summary>The authentication context classes asked for, best first, in the place of the method's; the ID token must name one of them.</summary>
    public IReadOnlyList<string>? AcrValues
    {
        get => GetParameter<IReadOnlyList<string>>(AcrValuesParameter);
        set => SetParameter(AcrValuesParameter, value);
    }

    /// <summary>The context classes that satisfy, where those are others than <see cref="AcrValues"/>; each to the letter, and one of them must come back.</summary>
    public IReadOnlyList<string>? AcceptedAcrValues
    {
        get => GetParameter<IReadOnlyList<string>>(AcceptedAcrValuesParameter);
        set => SetParameter(AcceptedAcrValuesParameter, value);
    }

    /// <summary>The protected resources the tokens are for, in the place of the method's.</summary>
    public IReadOnlyList<string>? Resources
    {
        get => GetParameter<IReadOnlyList<string>>(ResourcesParameter);
        set => SetParameter(ResourcesParameter, value);
    }

    /// <summary>What exactly the user is asked to allow (RFC 9396 §2), in the place of the method's.</summary>
    public JsonArray? AuthorizationDetails
    {
        get => GetParameter<JsonArray>(AuthorizationDetailsParameter);
        set => SetParameter(AuthorizationDetailsParameter, value);
    }

    /// <summary>What is known of the device the request comes from, in the place of the method's.</summary>
    public JsonObject? RequestContext
    {
        get => GetParameter<JsonObject>(RequestContextParameter);
        set => SetParameter(RequestContextParameter, value);
    }

    /// <summary>Further members of the request; they are added to the method's, and win over those of the same name.</summary>
    public JsonObject? RequestParameters
    {
        get => GetParameter<JsonObject>(RequestParametersParameter);
        set => SetParameter(RequestParametersParameter, value);
    }
}
