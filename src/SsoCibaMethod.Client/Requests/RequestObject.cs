using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;

namespace SsoCibaMethod.Client;

/// <summary>An authentication request as a signed JWT (CIBA Core §7.1.1): every parameter a claim, texts as texts, extensions with the type they have.</summary>
internal static class RequestObject
{
    private const string Type = "oauth-authz-req+jwt";

    // A clock of ours that is a little ahead must not make a request of the future.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(10);

    public static string Create(IEnumerable<RequestMember> members, RequestSigning signing, string clientId, string issuer, DateTimeOffset now)
    {
        var notBefore = now - ClockTolerance;
        var claims = new JsonObject
        {
            [JwtRegisteredClaimNames.Iss] = clientId,
            // One text, the issuer alone: what an assertion's audience is for the same reason (CVE-2025-27370).
            [JwtRegisteredClaimNames.Aud] = issuer,
            [JwtRegisteredClaimNames.Iat] = now.ToUnixTimeSeconds(),
            [JwtRegisteredClaimNames.Nbf] = notBefore.ToUnixTimeSeconds(),
            [JwtRegisteredClaimNames.Exp] = (notBefore + signing.Lifetime).ToUnixTimeSeconds(),
            [JwtRegisteredClaimNames.Jti] = SignedJwt.NewId(),
            // RFC 9101 §5 wants it here and outside, equal. There is no sub: with one this could pass for a client assertion.
            ["client_id"] = clientId,
        };
        foreach (var member in members)
        {
            claims[member.Name] = member.ToClaim();
        }

        return SignedJwt.Create(Type, claims, signing.Key);
    }
}
