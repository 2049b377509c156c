namespace SsoCibaMethod.Client;

/// <summary>Reads the members that every answer with tokens shares, fetched or pushed (OpenID Connect Core §3.1.3.3, CIBA Core §10.3.1).</summary>
internal static class TokenSetReader
{
    public const string Bearer = "Bearer";
    public const string DPoP = "DPoP";

    /// <summary>Reads the tokens.</summary>
    /// <param name="members">The answer.</param>
    /// <param name="fault">What is wrong with it.</param>
    /// <param name="expectedType">What the access token must be.</param>
    /// <param name="earlier">The tokens before, at a refresh: what the OP does not send again is as it was (RFC 6749 §6, OpenID Connect Core §12.2).</param>
    public static TokenSet? Read(JsonAnswer members, ref string? fault, string expectedType = Bearer, TokenSet? earlier = null)
    {
        var idToken = earlier is not null && !members.Has("id_token") ? earlier.IdToken : members.RequiredText("id_token", ref fault);
        var accessToken = members.RequiredText("access_token", ref fault);
        var tokenType = members.RequiredText("token_type", ref fault);
        var refreshToken = members.Text("refresh_token", ref fault);
        var expiresIn = members.Seconds("expires_in", ref fault);
        var scope = members.Text("scope", ref fault);
        var details = members.Array("authorization_details", ref fault);
        if (fault is null && !string.Equals(tokenType, expectedType, StringComparison.OrdinalIgnoreCase))
        {
            fault = expectedType == DPoP
                ? "the member token_type is not DPoP: the OP did not bind the access token to the key (RFC 9449 §5)"
                : "the member token_type is not Bearer, the only kind this client can use";
        }

        return fault is not null ? null : new TokenSet
        {
            IdToken = idToken!,
            AccessToken = accessToken!,
            TokenType = expectedType,
            RefreshToken = string.IsNullOrEmpty(refreshToken) ? earlier?.RefreshToken : refreshToken,
            ExpiresIn = expiresIn,
            Scope = scope ?? earlier?.Scope,
            AuthorizationDetails = details ?? earlier?.AuthorizationDetails,
        };
    }
}
