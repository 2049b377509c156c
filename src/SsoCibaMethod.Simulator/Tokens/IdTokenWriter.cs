using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Tokens;

/// <summary>The ID token (OpenID Connect Core §2).</summary>
internal static class IdTokenWriter
{
    private const string AuthReqIdClaim = "urn:openid:params:jwt:claim:auth_req_id";
    private const string RefreshTokenHashClaim = "urn:openid:params:jwt:claim:rt_hash";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>The claims that bind the tokens of a push to each other are for the push alone (CIBA Core §10.3.1).</summary>
    public static string Write(Grant grant, string accessToken, string? refreshToken, string? pushedAuthReqId, CibaSimulator simulator)
    {
        var now = simulator.Now.UtcDateTime;
        var claims = Claims(grant, simulator.Options);
        claims["at_hash"] = TokenHash.Of(accessToken);
        if (pushedAuthReqId is not null)
        {
            claims[AuthReqIdClaim] = pushedAuthReqId;
        }

        if (pushedAuthReqId is not null && refreshToken is not null)
        {
            claims[RefreshTokenHashClaim] = TokenHash.Of(refreshToken);
        }

        var client = grant.Asked.Client;
        var signed = Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = grant.Asked.Issuer,
            Audience = client.ClientId,
            IssuedAt = now,
            Expires = now + TokenWriter.Lifetime,
            Claims = claims,
            SigningCredentials = simulator.Keys.For(client.IdTokenSigningAlg),
        });
        return client.IdTokenEncryptedResponseAlg is { } alg ? Jwe.Encrypt(signed, client.EncryptionKey!, alg, client.IdTokenEncryptedResponseEnc) : signed;
    }

    private static Dictionary<string, object> Claims(Grant grant, CibaSimulatorOptions options)
    {
        var (asked, account) = (grant.Asked, grant.Asked.Account);
        var withCode = options.UserCodeSupported && account.UserCode is not null;
        var claims = new Dictionary<string, object>(UserClaims.Of(account, asked.Scope), StringComparer.Ordinal)
        {
            ["auth_time"] = grant.ApprovedAt.ToUnixTimeSeconds(),

            // Approved on a second channel, and with a code where there is one (RFC 8176 §2).
            ["amr"] = withCode ? ["mca", "pin"] : new[] { "mca" },
        };
        var supported = options.AcrValuesSupported;
        if (asked.AcrValues.Concat(supported).FirstOrDefault(supported.Contains) is { } acr)
        {
            claims["acr"] = acr;
        }

        return claims;
    }
}
