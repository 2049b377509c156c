using System.Security.Cryptography;
using static SsoCibaMethod.Client.IdTokenFault;

namespace SsoCibaMethod.Client.Tests;

/// <summary>ID tokens that would do if they had been fetched, but were pushed (CIBA Core §10.3.1).</summary>
internal static class BadPushes
{
    public static IEnumerable<BadIdToken> All => Pushed.Select(bad => bad with { IsPushed = true });

    private static IEnumerable<BadIdToken> Pushed =>
    [
        new("C-92 a push with none of the three claims", AccessTokenHashMissing, () => new TestToken().Sign()),
        new("C-91 a push without at_hash", AccessTokenHashMissing, () => Good.Without("at_hash").Sign()),
        new("C-91 a push without at_hash, with a refresh token", AccessTokenHashMissing, () => Good.With(TestToken.RefreshTokenHashClaim, Hash("rt")).Without("at_hash").Sign()) { RefreshToken = "rt" },
        new("K-54 a push with the at_hash of another token", WrongAccessTokenHash, () => Good.With("at_hash", Hash("another")).Sign()),
        new("K-54 a push with the whole digest as at_hash", WrongAccessTokenHash, () => Good.With("at_hash", TestToken.Encode(SHA256.HashData("the-access-token"u8))).Sign()),
        new("K-54 a push with at_hash by another digest", WrongAccessTokenHash, () => Good.With("at_hash", TestToken.Encode(SHA384.HashData("the-access-token"u8)[..24])).Sign()),
        new("K-54 a push with a null at_hash", WrongAccessTokenHash, () => Good.With("at_hash", null).Sign()),
        new("C-91 a push with a refresh token and no rt_hash", RefreshTokenHashMissing, () => Good.Sign()) { RefreshToken = "rt" },
        new("K-54 a push with the rt_hash of another token", WrongRefreshTokenHash, () => Good.With(TestToken.RefreshTokenHashClaim, Hash("another")).Sign()) { RefreshToken = "rt" },
        new("K-54 a push with the access token's hash as rt_hash", WrongRefreshTokenHash, () => Good.With(TestToken.RefreshTokenHashClaim, Hash(TestToken.AccessToken)).Sign()) { RefreshToken = "rt" },
        new("K-54 a push with rt_hash and no refresh token", WrongRefreshTokenHash, () => Good.With(TestToken.RefreshTokenHashClaim, Hash("rt")).Sign()),
        new("C-91 a push without the auth_req_id claim", AuthReqIdMissing, () => Good.Without(TestToken.AuthReqIdClaim).Sign()),
        new("C-91 a push without the auth_req_id claim, which is told before a wrong at_hash", AuthReqIdMissing, () => Good.Without(TestToken.AuthReqIdClaim).With("at_hash", Hash("another")).Sign()),
        new("K-54 a push with auth_req_id as a plain claim only", AuthReqIdMissing, () => Good.Without(TestToken.AuthReqIdClaim).With("auth_req_id", TestToken.AuthReqId).Sign()),
        new("K-54 a push with the auth_req_id of another request", WrongAuthReqId, () => Good.With(TestToken.AuthReqIdClaim, TestToken.AuthReqId + "1").Sign()),
        new("K-54 a push with the auth_req_id in capitals", WrongAuthReqId, () => Good.With(TestToken.AuthReqIdClaim, TestToken.AuthReqId.ToUpperInvariant()).Sign()),
        new("K-54 a push with a null auth_req_id claim", WrongAuthReqId, () => Good.With(TestToken.AuthReqIdClaim, null).Sign()),
        new("C-91 a push with a corrupt signature", WrongSignature, () => Good.Sign(_ => new byte[256])),
        new("C-91 a push signed by nobody", AlgorithmNotAllowed, () => Good.WithHeader("alg", "none").Sign(Signer.Nothing)),
        new("C-91 a push signed by another OP", WrongSignature, () => Good.Sign(Signer.For("PS256", TestKeys.OtherRsa))),
        new("C-91 a push for another client", WrongAudience, () => Good.With("aud", "another").Sign()),
        new("K-54 a push from before the request", IssuedBeforeRequest, () => Good.With("iat", TestToken.At(TimeSpan.FromHours(-1))).Sign()),
    ];

    private static TestToken Good => TestToken.Pushed();

    private static string Hash(string token) => TestToken.LeftHalf(token);
}
