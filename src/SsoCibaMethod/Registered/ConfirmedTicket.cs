using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.JsonWebTokens;

namespace SsoCibaMethod.Registered;

/// <summary>
/// What a registered method signs in: the local user as they are, with how and when they were confirmed. The OP's <c>sub</c> names nobody here.
/// </summary>
internal static class ConfirmedTicket
{
    private const string AuthTime = "auth_time";

    // Which registered method saved the tokens.
    private const string TokensKey = ".ciba.tokens";

    private static readonly string[] AboutApproval = ["acr", "amr", AuthTime];

    public static ClaimsPrincipal CreatePrincipal(LocalUser user, string idToken)
    {
        var principal = user.Ticket.Clone().Principal;
        foreach (var identity in principal.Identities)
        {
            // Those of an earlier approval, or of the first sign-in, would be taken for this one's.
            foreach (var old in identity.FindAll(claim => AboutApproval.Contains(claim.Type, StringComparer.Ordinal)).ToList())
            {
                identity.RemoveClaim(old);
            }
        }

        principal.Identities.First(identity => identity.IsAuthenticated).AddClaims(OfApproval(new JsonWebToken(idToken)));
        return principal;
    }

    /// <summary>The properties of the sign-in that is confirmed, in the same scheme: it lasts as long as it did; what the challenge says comes on top.</summary>
    public static AuthenticationProperties CreateProperties(LocalUser user, CibaOptions options, AuthenticationProperties challenged)
    {
        if (LocalUser.SchemeOf(options) != options.SignInScheme)
        {
            return challenged;
        }

        var kept = user.Ticket.Properties.Clone();
        foreach (var (name, value) in challenged.Items)
        {
            kept.Items[name] = value;
        }

        return kept;
    }

    /// <summary>Whether the tokens of a confirmation are kept: those of the first sign-in are the application's and stay, those of an earlier confirmation give way.</summary>
    public static bool TakesTokens(AuthenticationProperties properties, string method)
    {
        if (properties.GetTokens().Any() && properties.GetString(TokensKey) != method)
        {
            return false;
        }

        properties.SetString(TokensKey, method);
        return true;
    }

    // The issuer of these claims is the OP, which tells them from the local ones (OpenID Connect Core §2).
    private static IEnumerable<Claim> OfApproval(JsonWebToken token)
    {
        var claims = token.Claims.ToList();
        if (!claims.Exists(claim => claim.Type == AuthTime) && claims.Find(claim => claim.Type == "iat") is { } issued)
        {
            claims.Add(new Claim(AuthTime, issued.Value, issued.ValueType, issued.Issuer));
        }

        return AboutApproval.SelectMany(type => claims.Where(claim => claim.Type == type));
    }
}
