using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using SsoCibaMethod.Client;

namespace SsoCibaMethod;

/// <summary>The context of <see cref="CibaEvents.OnTokenValidated"/>. <see cref="RemoteAuthenticationContext{TOptions}.Fail(string)"/> refuses the sign-in.</summary>
public sealed class TokenValidatedContext : RemoteAuthenticationContext<CibaOptions>
{
    /// <summary>Creates the context.</summary>
    /// <param name="context">The browser's request.</param>
    /// <param name="scheme">The method's scheme.</param>
    /// <param name="options">The method's settings.</param>
    /// <param name="principal">The user about to be signed in: made of the ID token's claims, or, of a registered method, the local user.</param>
    /// <param name="properties">The properties of the challenge.</param>
    /// <param name="tokens">The OP's answer. Confidential.</param>
    public TokenValidatedContext(
        HttpContext context, AuthenticationScheme scheme, CibaOptions options, ClaimsPrincipal principal, AuthenticationProperties properties, TokenSet tokens)
        : base(context, scheme, options, properties)
    {
        Principal = principal;
        ProviderPrincipal = principal;
        Tokens = tokens;
    }

    /// <summary>
    /// The user as the OP tells of them, made of the ID token's claims. For a registered method <see cref="RemoteAuthenticationContext{TOptions}.Principal"/> is the local user instead.
    /// </summary>
    public ClaimsPrincipal ProviderPrincipal { get; init; }

    /// <summary>The OP's answer. Confidential.</summary>
    public TokenSet Tokens { get; }
}
