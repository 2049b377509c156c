using System.Text.Json.Nodes;
using static SsoCibaMethod.Client.IdTokenFault;

namespace SsoCibaMethod.Client.Tests;

/// <summary>ID tokens with a good signature over claims that must not be believed.</summary>
internal static class BadClaims
{
    private const string RefreshTokenHash = "urn:openid:params:jwt:claim:rt_hash";
    private const string AuthReqId = "urn:openid:params:jwt:claim:auth_req_id";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static IEnumerable<BadIdToken> All =>
    [
        new("K-35 iss missing", IssuerMissing, () => Good.Without("iss").Sign()),
        new("T-1 iss a number", IssuerMissing, () => Good.With("iss", 1).Sign()),
        new("K-28 iss with 1 appended", WrongIssuer, () => Good.With("iss", FakeOp.Issuer + "1").Sign()),
        new("T-1 iss with a slash appended", WrongIssuer, () => Good.With("iss", FakeOp.Issuer + "/").Sign()),
        new("T-1 iss in capitals", WrongIssuer, () => Good.With("iss", "HTTPS://OP.EXAMPLE").Sign()),
        new("K-35 aud missing", AudienceMissing, () => Good.Without("aud").Sign()),
        new("T-2 aud a number", AudienceMissing, () => Good.With("aud", 7).Sign()),
        new("T-2 aud null", AudienceMissing, () => Good.With("aud", null).Sign()),
        new("T-2 aud an empty array", AudienceMissing, () => Good.With("aud", new JsonArray()).Sign()),
        new("T-2 aud an array with a number", AudienceMissing, () => Good.With("aud", new JsonArray(TestToken.ClientId, 7)).Sign()),
        new("T-2 aud an array in an array", AudienceMissing, () => Good.With("aud", new JsonArray(new JsonArray(TestToken.ClientId))).Sign()),
        new("T-2 aud a lone surrogate", Malformed, () => Raw("aud", "\"\\ud800\"")),
        new("K-28 aud with 1 appended", WrongAudience, () => Good.With("aud", TestToken.ClientId + "1").Sign()),
        new("T-2 aud empty", WrongAudience, () => Good.With("aud", "").Sign()),
        new("K-29 aud with a second audience", UntrustedAudience, () => Good.With("aud", new JsonArray(TestToken.ClientId, TestToken.ClientId + "1")).Sign()),
        new("T-7 aud with a second audience and azp", UntrustedAudience,
            () => Good.With("aud", new JsonArray("other", TestToken.ClientId)).With("azp", TestToken.ClientId).Sign()),
        new("T-7 azp another client", WrongAuthorizedParty, () => Good.With("azp", "other").Sign()),
        new("T-7 azp null", WrongAuthorizedParty, () => Good.With("azp", null).Sign()),
        new("K-52 sub missing", SubjectMissing, () => Good.Without("sub").Sign()),
        new("T-9 sub empty", SubjectMissing, () => Good.With("sub", "").Sign()),
        new("T-9 sub a number", SubjectMissing, () => Good.With("sub", 12).Sign()),
        new("T-9 sub a lone surrogate", Malformed, () => Raw("sub", "\"\\udfff\"")),
        new("T-9 sub of 256 characters", SubjectUnfit, () => Good.With("sub", new string('a', 256)).Sign()),
        new("T-9 sub not ASCII", SubjectUnfit, () => Good.With("sub", "jörg").Sign()),
        new("T-17 sub another user", WrongSubject, () => Good.Sign()) { ExpectedSubject = "user-2" },
        new("T-17 sub in another case", WrongSubject, () => Good.Sign()) { ExpectedSubject = "USER-1" },
        new("K-35 exp missing", ExpiryMissing, () => Good.Without("exp").Sign()),
        new("T-8 exp a string", ExpiryMissing, () => Good.With("exp", TestToken.At(Minute).ToString(System.Globalization.CultureInfo.InvariantCulture)).Sign()),
        new("T-8 exp a second after the year 9999", ExpiryMissing, () => Good.With("exp", 253_402_300_800).Sign()),
        new("T-8 exp zero, long past", Expired, () => Good.With("exp", 0).Sign()),
        new("T-8 exp null", ExpiryMissing, () => Good.With("exp", null).Sign()),
        new("T-8 exp 1e400", ExpiryMissing, () => Raw("exp", "1e400")),
        new("T-8 exp negative", ExpiryMissing, () => Raw("exp", "-1")),
        new("T-8 exp huge", ExpiryMissing, () => Raw("exp", "99999999999999999999999999")),
        new("K-33 exp 6 minutes ago", Expired, () => Good.With("exp", TestToken.At(-6 * Minute)).Sign()),
        new("T-8 exp just outside the skew", Expired, () => Good.With("exp", TestToken.At(-Minute)).Sign()),
        new("K-52 nbf in the future", NotYetValid, () => Good.With("nbf", TestToken.At(2 * Minute)).Sign()),
        new("K-52 nbf in the future, just outside the skew", NotYetValid, () => Good.With("nbf", TestToken.At(Minute) + 1).Sign()),
        new("K-52 nbf a string", NotYetValid, () => Good.With("nbf", "now").Sign()),
        new("T-12 iat missing", IssuedAtMissing, () => Good.Without("iat").Sign()),
        new("T-12 iat a string", IssuedAtMissing, () => Good.With("iat", "1772445600").Sign()),
        new("T-12 iat true", IssuedAtMissing, () => Good.With("iat", true).Sign()),
        new("K-52 iat in the future", IssuedInFuture, () => Good.With("iat", TestToken.At(2 * Minute)).Sign()),
        new("K-52 iat in the future, just outside the skew", IssuedInFuture, () => Good.With("iat", TestToken.At(Minute) + 1).Sign()),
        new("K-34 iat a week in the past", IssuedBeforeRequest, () => Good.With("iat", TestToken.At(-TimeSpan.FromDays(7))).Sign()),
        new("T-12 iat before the request", IssuedBeforeRequest,
            () => Good.With("iat", (TestToken.RequestedAt - Minute).ToUnixTimeSeconds() - 1).Sign()),
        new("K-52 acr missing", AcrMissing, () => Good.Sign()) { AcrValues = ["high"] },
        new("T-11 acr a number", AcrMissing, () => Good.With("acr", 3).Sign()) { AcrValues = ["high"] },
        new("K-52 acr insufficient", WrongAcr, () => Good.With("acr", "low").Sign()) { AcrValues = ["high", "highest"] },
        new("T-10 auth_time missing", AuthTimeMissing, () => Good.Sign()) { MaxAge = Minute },
        new("T-10 auth_time a string", AuthTimeMissing, () => Good.With("auth_time", "now").Sign()) { MaxAge = Minute },
        new("T-10 auth_time longer ago than max_age and the skew", AuthenticatedTooLongAgo, () => Good.With("auth_time", TestToken.At(-2 * Minute) - 1).Sign()) { MaxAge = Minute },
        new("T-10 auth_time a minute ago, max_age zero", AuthenticatedTooLongAgo, () => Good.With("auth_time", TestToken.At(-Minute) - 1).Sign()) { MaxAge = TimeSpan.Zero },
        new("K-52 at_hash wrong", WrongAccessTokenHash, () => Good.With("at_hash", "xsZZrUssMXjL3FBlzoSh2g").Sign()),
        new("T-15 at_hash empty", WrongAccessTokenHash, () => Good.With("at_hash", "").Sign()),
        new("T-15 at_hash null", WrongAccessTokenHash, () => Good.With("at_hash", null).Sign()),
        new("C-92 rt_hash wrong", WrongRefreshTokenHash, () => Good.With(RefreshTokenHash, "xsZZrUssMXjL3FBlzoSh2g").Sign()) { RefreshToken = "rt" },
        new("C-92 rt_hash without a refresh token", WrongRefreshTokenHash, () => Good.With(RefreshTokenHash, "xsZZrUssMXjL3FBlzoSh2g").Sign()),
        new("C-92 auth_req_id of another request", WrongAuthReqId, () => Good.With(AuthReqId, "another").Sign()),
        new("C-92 auth_req_id a number", WrongAuthReqId, () => Good.With(AuthReqId, 1).Sign()),
    ];

    private static TestToken Good => new();

    private static string Raw(string claim, string json)
    {
        var claims = Good.With(claim, "@").Claims.ToJsonString().Replace("\"@\"", json, StringComparison.Ordinal);
        return TestToken.Compact(Good.Header.ToJsonString(), claims, Signer.For("PS256", TestKeys.Rsa));
    }
}
