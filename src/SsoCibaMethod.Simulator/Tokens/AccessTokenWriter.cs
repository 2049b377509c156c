using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Tokens;

/// <summary>The access token: a JWT (RFC 9068), so that an API can read what was granted without asking the OP.</summary>
internal static class AccessTokenWriter
{
    public const string Type = "at+jwt";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    public static string Write(Grant grant, KeyBinding? binding, CibaSimulator simulator)
    {
        var (asked, now) = (grant.Asked, simulator.Now.UtcDateTime);
        var claims = new Dictionary<string, object>
        {
            ["sub"] = asked.Account.Subject,
            ["client_id"] = asked.Client.ClientId,
            ["jti"] = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(16)),
            ["scope"] = string.Join(' ', asked.Scope),
            ["auth_time"] = grant.ApprovedAt.ToUnixTimeSeconds(),
        };
        if (asked.AuthorizationDetails is { } details)
        {
            claims["authorization_details"] = details;
        }

        if (binding is not null)
        {
            claims["cnf"] = new Dictionary<string, object> { [binding.Member] = binding.Thumbprint };
        }

        // Meant for the resources asked for (RFC 8707 §2), else for the OP's own UserInfo endpoint.
        claims["aud"] = asked.Resources is { Count: > 0 } resources ? resources : asked.Issuer;
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = Type,
            Issuer = asked.Issuer,
            IssuedAt = now,
            Expires = now + TokenWriter.Lifetime,
            Claims = claims,
            SigningCredentials = simulator.Keys.For(SecurityAlgorithms.EcdsaSha256),
        });
    }
}
