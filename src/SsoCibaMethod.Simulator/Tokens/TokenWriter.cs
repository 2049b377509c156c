using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Simulator.Requests;

namespace SsoCibaMethod.Simulator.Tokens;

/// <summary>The successful token answer (OpenID Connect Core §3.1.3.3) and its ID token (§2).</summary>
internal static class TokenWriter
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    public static JsonObject Write(BackchannelRequest request, string issuer, CibaSimulator simulator)
    {
        var accessToken = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        var answer = new JsonObject
        {
            ["access_token"] = accessToken,
            ["token_type"] = "Bearer",
            ["expires_in"] = (long)Lifetime.TotalSeconds,
            ["scope"] = string.Join(' ', request.Asked.Scope),
            ["id_token"] = IdToken(request, accessToken, issuer, simulator),
        };

        // What was granted, which here is what was asked for and shown (RFC 9396 §7).
        if (request.Asked.AuthorizationDetails is { } details)
        {
            answer["authorization_details"] = JsonNode.Parse(details.GetRawText());
        }

        return answer;
    }

    private static string IdToken(BackchannelRequest request, string accessToken, string issuer, CibaSimulator simulator)
    {
        var now = simulator.Now.UtcDateTime;
        var claims = Claims(request, simulator.Options);
        claims["at_hash"] = LeftHalfHash(accessToken);
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = request.Asked.Client.ClientId,
            IssuedAt = now,
            Expires = now + Lifetime,
            Claims = claims,
            SigningCredentials = simulator.Keys.For(request.Asked.Client.IdTokenSigningAlg),
        });
    }

    private static Dictionary<string, object> Claims(BackchannelRequest request, CibaSimulatorOptions options)
    {
        var (asked, account) = (request.Asked, request.Asked.Account);
        var withCode = options.UserCodeSupported && account.UserCode is not null;
        var claims = new Dictionary<string, object>
        {
            ["sub"] = account.Subject,
            ["auth_time"] = request.DecidedAt!.Value.ToUnixTimeSeconds(),

            // Approved on a second channel, and with a code where there is one (RFC 8176 §2).
            ["amr"] = withCode ? ["mca", "pin"] : new[] { "mca" },
        };
        var supported = options.AcrValuesSupported;
        if (asked.AcrValues.Concat(supported).FirstOrDefault(supported.Contains) is { } acr)
        {
            claims["acr"] = acr;
        }

        if (asked.Scope.Contains("profile"))
        {
            claims["name"] = account.Name;
        }

        if (asked.Scope.Contains("email") && account.Email is { } email)
        {
            claims["email"] = email;
            claims["email_verified"] = true;
        }

        return claims;
    }

    /// <summary>Every algorithm offered here hashes with SHA-256, so <c>at_hash</c> does too (OpenID Connect Core §3.1.3.6).</summary>
    private static string LeftHalfHash(string token) =>
        Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(token)).AsSpan(0, 16).ToArray());
}
