using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.JsonWebTokens;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod;

/// <summary>Turns a validated token answer into what the sign-in scheme keeps: the user's claims and, if wanted, the tokens.</summary>
internal static class CibaTicketFactory
{
    public static ClaimsPrincipal CreatePrincipal(ApprovedAnswer answer, AuthenticationScheme scheme, CibaOptions options)
    {
        var token = new JsonWebToken(answer.IdToken);
        var identity = new ClaimsIdentity(token.Claims.Select(claim => Map(claim, options)), scheme.Name, options.NameClaimType, options.RoleClaimType);
        using var claims = JsonDocument.Parse(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
        foreach (var action in options.ClaimActions)
        {
            action.Run(claims.RootElement, identity, token.Issuer);
        }

        return new ClaimsPrincipal(identity);
    }

    public static void SaveTokens(ApprovedAnswer answer, DateTimeOffset receivedAt, AuthenticationProperties properties)
    {
        var tokens = answer.Tokens;
        List<AuthenticationToken> saved =
        [
            new() { Name = "id_token", Value = answer.IdToken },
            new() { Name = "access_token", Value = tokens.AccessToken },
            new() { Name = "token_type", Value = tokens.TokenType },
        ];
        if (tokens.RefreshToken is { } refreshToken)
        {
            saved.Add(new() { Name = "refresh_token", Value = refreshToken });
        }

        if (tokens.ExpiresIn is { } expiresIn)
        {
            saved.Add(new() { Name = "expires_at", Value = (receivedAt + expiresIn).ToString("o", CultureInfo.InvariantCulture) });
        }

        properties.StoreTokens(saved);
    }

    private static Claim Map(Claim claim, CibaOptions options) =>
        options.MapInboundClaims && JsonWebTokenHandler.DefaultInboundClaimTypeMap.TryGetValue(claim.Type, out var name)
            ? new Claim(name, claim.Value, claim.ValueType, claim.Issuer)
            : claim;
}
