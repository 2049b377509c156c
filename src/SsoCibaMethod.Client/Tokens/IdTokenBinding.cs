using System.Text.Json;

namespace SsoCibaMethod.Client;

/// <summary>
/// The claims that tie an ID token to the tokens beside it and to the request (CIBA Core §10.3.1). Pushed, they are all there is, and required;
/// fetched, they are optional, but a wrong one is proof of a mix-up.
/// </summary>
internal static class IdTokenBinding
{
    private const string AccessTokenHash = "at_hash";
    private const string RefreshTokenHash = "urn:openid:params:jwt:claim:rt_hash";
    private const string AuthReqId = "urn:openid:params:jwt:claim:auth_req_id";

    public static IdTokenResult.Invalid? Check(JsonElement claims, TokenSet tokens, IdTokenExpectation expectation, string algorithm) =>
        (expectation.IsPushed ? CheckPresence(claims, tokens) : null) ?? CheckValues(claims, tokens, expectation, algorithm);

    private static IdTokenResult.Invalid? CheckPresence(JsonElement claims, TokenSet tokens)
    {
        if (!claims.TryGetProperty(AccessTokenHash, out _))
        {
            return new(IdTokenFault.AccessTokenHashMissing, "the tokens were pushed, and the ID token has no at_hash");
        }

        if (tokens.RefreshToken is not null && !claims.TryGetProperty(RefreshTokenHash, out _))
        {
            return new(IdTokenFault.RefreshTokenHashMissing, "a refresh token was pushed, and the ID token has no rt_hash");
        }

        return claims.TryGetProperty(AuthReqId, out _)
            ? null
            : new(IdTokenFault.AuthReqIdMissing, "the tokens were pushed, and the ID token names no auth_req_id");
    }

    private static IdTokenResult.Invalid? CheckValues(JsonElement claims, TokenSet tokens, IdTokenExpectation expectation, string algorithm)
    {
        if (claims.TryGetProperty(AccessTokenHash, out _) && !HashFits(claims, AccessTokenHash, tokens.AccessToken, algorithm))
        {
            return new(IdTokenFault.WrongAccessTokenHash, "at_hash does not belong to the access token");
        }

        if (claims.TryGetProperty(RefreshTokenHash, out _) && !HashFits(claims, RefreshTokenHash, tokens.RefreshToken, algorithm))
        {
            return new(IdTokenFault.WrongRefreshTokenHash, "rt_hash does not belong to the refresh token");
        }

        return !expectation.IsRefreshed && claims.TryGetProperty(AuthReqId, out _) && ClaimValue.Text(claims, AuthReqId) != expectation.AuthReqId
            ? new(IdTokenFault.WrongAuthReqId, "the token names another auth_req_id")
            : null;
    }

    // A digest that is not known here cannot be compared, so it does not fit.
    private static bool HashFits(JsonElement claims, string claim, string? token, string algorithm) =>
        token is not null && ClaimValue.Text(claims, claim) is { } hash && TokenHash.Matches(hash, token, algorithm);
}
