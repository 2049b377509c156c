using System.Text.Json.Nodes;

namespace SsoCibaMethod.Simulator.Tokens;

/// <summary>The successful token answer (OpenID Connect Core §3.1.3.3).</summary>
internal static class TokenWriter
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static JsonObject Write(Grant grant, KeyBinding? binding, CibaSimulator simulator, string? pushedAuthReqId = null)
    {
        var asked = grant.Asked;
        var accessToken = AccessTokenWriter.Write(grant, binding, simulator);
        var answer = new JsonObject
        {
            ["access_token"] = accessToken,
            ["token_type"] = binding?.Member is KeyBinding.DPoP ? "DPoP" : "Bearer",
            ["expires_in"] = (long)Lifetime.TotalSeconds,
            ["scope"] = string.Join(' ', asked.Scope),
        };
        var refreshToken = asked.Scope.Contains("offline_access") ? simulator.RefreshTokens.Issue(grant) : null;
        if (refreshToken is not null)
        {
            answer["refresh_token"] = refreshToken;
        }

        answer["id_token"] = IdTokenWriter.Write(grant, accessToken, refreshToken, pushedAuthReqId, simulator);

        // What was granted, which here is what was asked for and shown (RFC 9396 §7).
        if (asked.AuthorizationDetails is { } details)
        {
            answer["authorization_details"] = JsonNode.Parse(details.GetRawText());
        }

        return answer;
    }
}
