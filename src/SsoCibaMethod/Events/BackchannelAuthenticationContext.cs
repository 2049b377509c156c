using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace SsoCibaMethod;

/// <summary>The context of <see cref="CibaEvents.OnBackchannelAuthentication"/>: the request about to be made. All of it may be changed.</summary>
/// <param name="context">The browser's request.</param>
/// <param name="scheme">The method's scheme.</param>
/// <param name="options">The method's settings.</param>
/// <param name="properties">The properties of the challenge.</param>
/// <param name="hint">Who is to be asked: what was typed, without surrounding space, or what the challenge or the host gave.</param>
public sealed class BackchannelAuthenticationContext(
    HttpContext context, AuthenticationScheme scheme, CibaOptions options, AuthenticationProperties properties, CibaLoginHint hint)
    : PropertiesContext<CibaOptions>(context, scheme, options, properties)
{
    /// <summary>Who is to be asked.</summary>
    public CibaLoginHint Hint { get; set; } = hint;

    /// <summary>The plain hint the OP will get; a host may change its form, for example into <c>tel:+358…</c>. Setting it takes the place of any other hint.</summary>
    public string? LoginHint
    {
        get => (Hint as CibaLoginHint.Plain)?.Value;
        set => Hint = new CibaLoginHint.Plain(value!);
    }

    /// <summary>The <c>login_hint_token</c> the OP will get. Setting it takes the place of any other hint.</summary>
    public string? LoginHintToken
    {
        get => (Hint as CibaLoginHint.LoginHintToken)?.Value;
        set => Hint = new CibaLoginHint.LoginHintToken(value!);
    }

    /// <summary>The <c>id_token_hint</c> the OP will get; the answer must then be about the same user. Setting it takes the place of any other hint.</summary>
    public string? IdTokenHint
    {
        get => (Hint as CibaLoginHint.IdToken)?.Value;
        set => Hint = new CibaLoginHint.IdToken(value!);
    }

    /// <summary>The scopes asked for; <c>openid</c> must be among them.</summary>
    public IList<string> Scope { get; set; } = [.. options.Scope];

    /// <summary>How long the OP should let the user decide, in whole seconds; the OP's own choice where it is <see langword="null"/>. No login lives longer.</summary>
    public TimeSpan? RequestedExpiry { get; set; } = options.RequestedExpiry;

    /// <summary>The authentication context classes asked for, best first; if any, the ID token must name one of them.</summary>
    public IList<string> AcrValues { get; set; } = [.. options.AcrValues];

    /// <summary>
    /// The context classes that satisfy, each to the letter; <see langword="null"/> or empty means the method's, or those asked for where these are not the method's.
    /// </summary>
    public IList<string>? AcceptedAcrValues { get; set; }

    /// <summary>The protected resources the tokens are for.</summary>
    public IList<string> Resources { get; set; } = [.. options.Resources];

    /// <summary>What exactly the user is asked to allow (RFC 9396 §2).</summary>
    public JsonArray? AuthorizationDetails { get; set; } = options.AuthorizationDetails?.DeepClone().AsArray();

    /// <summary>What is known of the device the request comes from (FAPI-CIBA, <c>request_context</c>).</summary>
    public JsonObject? RequestContext { get; set; } = options.RequestContext?.DeepClone().AsObject();

    /// <summary>Further members of the request.</summary>
    public JsonObject RequestParameters { get; set; } = options.RequestParameters.DeepClone().AsObject();

    /// <summary>A text for the user; if set, nothing is sent to the OP and the hint page shows it.</summary>
    public string? Refusal { get; set; }

    /// <summary>What the ID token's <c>acr</c> must be one of, if anything. A challenge that asks for more than the method does is not satisfied by what satisfies the method.</summary>
    internal IReadOnlyList<string> SatisfyingAcrValues() =>
        AcceptedAcrValues is { Count: > 0 } ? [.. AcceptedAcrValues]
        : Options.AcceptedAcrValues.Count > 0 && AcrValues.SequenceEqual(Options.AcrValues, StringComparer.Ordinal) ? [.. Options.AcceptedAcrValues]
        : [.. AcrValues];

    internal BackchannelAuthenticationContext With(Pages.ChallengeWishes wishes)
    {
        Scope = wishes.Scope is null ? Scope : [.. wishes.Scope];
        RequestedExpiry = wishes.RequestedExpiry ?? RequestedExpiry;
        AcrValues = wishes.AcrValues is null ? AcrValues : [.. wishes.AcrValues];
        AcceptedAcrValues = wishes.AcceptedAcrValues?.ToList();
        Resources = wishes.Resources is null ? Resources : [.. wishes.Resources];
        AuthorizationDetails = wishes.AuthorizationDetails ?? AuthorizationDetails;
        RequestContext = wishes.RequestContext ?? RequestContext;
        foreach (var (name, value) in wishes.Parameters ?? [])
        {
            RequestParameters[name] = value?.DeepClone();
        }

        return this;
    }
}
