using System.Buffers.Text;
using System.Globalization;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.JsonWebTokens;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod;

/// <summary>Turns a validated token answer into what the sign-in scheme keeps: the user's claims and, if wanted, the tokens.</summary>
internal static class CibaTicketFactory
{
    public static ClaimsPrincipal CreatePrincipal(ApprovedAnswer answer, AuthenticationScheme scheme, CibaOptions options)
    {
        using var told = JsonDocument.Parse(Told(answer));
        var issuer = told.RootElement.GetProperty("iss").GetString()!;
        var identity = new ClaimsIdentity(TicketClaims.Of(told.RootElement, issuer).Select(claim => Map(claim, options)), scheme.Name, options.NameClaimType, options.RoleClaimType);
        foreach (var action in options.ClaimActions)
        {
            action.Run(told.RootElement, identity, issuer);
        }

        // An action that gives a claim the name it has already adds nothing.
        var copies = identity.Claims.GroupBy(claim => (claim.Type, claim.Value, claim.Issuer)).SelectMany(same => same.Skip(1)).ToList();
        copies.ForEach(identity.RemoveClaim);
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

    // All that is known of the user, as one object. What the ID token says is signed, and wins.
    private static string Told(ApprovedAnswer answer)
    {
        var content = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(answer.IdToken.Split('.')[1]));
        if (answer.UserInfo is null)
        {
            return content;
        }

        var claims = JsonNode.Parse(content)!.AsObject();
        foreach (var (name, value) in answer.UserInfo.Where(claim => claim.Value is not null))
        {
            _ = claims.TryAdd(name, value!.DeepClone());
        }

        return claims.ToJsonString();
    }

    private static Claim Map(Claim claim, CibaOptions options) =>
        options.MapInboundClaims && JsonWebTokenHandler.DefaultInboundClaimTypeMap.TryGetValue(claim.Type, out var name)
            ? new Claim(name, claim.Value, claim.ValueType, claim.Issuer)
            : claim;
}
