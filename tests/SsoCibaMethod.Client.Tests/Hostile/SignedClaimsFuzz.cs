using System.Text;
using SsoCibaMethod.Testing.Fuzzing;

namespace SsoCibaMethod.Client.Tests;

/// <summary>Headers and claims that the OP itself spoiled, and signed. Accepted: every rule holds, by an opinion that shares no code with the validator's.</summary>
internal sealed class SignedClaimsFuzz() : FuzzKind<SignedClaimsFuzz.Token, IdTokenResult>("claims the OP signed", 110)
{
    private const string Header = """{"alg":"HS256","typ":"JWT","kid":"x"}""";
    private const double Skew = 60;

    private static readonly string Claims = GoodTokens.Token.Claims.ToJsonString();
    private static readonly Func<byte[], byte[]> Sign = GoodTokens.SignerOf("HS256");

    private readonly IdTokenValidator _validator = Provider.Validator(GoodTokens.Algorithms);
    private readonly ProviderMetadata _provider = Provider.Metadata();

    protected override Token Make(FuzzRandom random)
    {
        var (header, claims) = (Encoding.UTF8.GetBytes(Header), Encoding.UTF8.GetBytes(Claims));
        var token = random.OneIn(4) ? new Token(Mutation.Of(random, Header), claims, "") : new Token(header, Mutation.Of(random, Claims), "");
        var signed = $"{TestToken.Encode(token.Header)}.{TestToken.Encode(token.Claims)}";
        return token with { Compact = $"{signed}.{TestToken.Encode(Sign(Encoding.ASCII.GetBytes(signed)))}" };
    }

    protected override ValueTask<IdTokenResult> TakeAsync(Token answer) =>
        ValueTask.FromResult(_validator.Validate(Stage.Tokens(answer.Compact, GoodTokens.RefreshToken), GoodTokens.Expectation(isPushed: true), _provider));

    protected override FuzzVerdict Judge(Token answer, IdTokenResult result)
    {
        var verdict = FuzzVerdict.Of(
            result is IdTokenResult.Valid,
            answer.Compact.Length <= 256 * 1024 && IsGoodHeader(IndependentJson.Read(answer.Header)) && AreGood(IndependentJson.Read(answer.Claims)));
        if (result is IdTokenResult.Valid valid)
        {
            _ = valid.Claims.ToJsonString();
        }

        return verdict;
    }

    protected override int Size(Token answer) => answer.Compact.Length;

    protected override string Describe(Token answer) => $"{FuzzText.Of(answer.Header)}\n  {FuzzText.Of(answer.Claims)}";

    // RFC 7515 §4.1.1, §4.1.4, §4.1.11; RFC 8725 §3.11.
    private static bool IsGoodHeader(JsonTree.Members? header) =>
        header?["alg"]?.AsText == "HS256"
        && header.IsAbsentOr("typ", type => string.Equals(type.AsText, "JWT", StringComparison.OrdinalIgnoreCase))
        && header.IsAbsentOr("kid", kid => kid.AsText is not null)
        && !header.Has("crit");

    // OpenID Connect Core §2, §3.1.3.7; CIBA Core §10.3.1.
    private static bool AreGood(JsonTree.Members? claims)
    {
        double now = TestToken.Now.ToUnixTimeSeconds();
        return claims is not null
            && claims["iss"]?.AsText == FakeOp.Issuer
            && claims["sub"]?.AsText == TestToken.Subject
            && claims["aud"] switch
            {
                JsonTree.Text one => one.Value == TestToken.ClientId,
                JsonTree.Items { Values: { Count: > 0 } all } => all.All(one => one.AsText == TestToken.ClientId),
                _ => false,
            }
            && claims.IsAbsentOr("azp", party => party.AsText == TestToken.ClientId)
            && claims["exp"]?.AsDate > now - Skew
            && claims.IsAbsentOr("nbf", begin => begin.AsDate <= now + Skew)
            && claims["iat"]?.AsDate is { } issuedAt && issuedAt <= now + Skew && issuedAt >= TestToken.RequestedAt.ToUnixTimeSeconds() - Skew
            && claims["acr"]?.AsText == GoodTokens.Acr
            && claims["at_hash"]?.AsText == TestToken.LeftHalf(TestToken.AccessToken)
            && claims[TestToken.RefreshTokenHashClaim]?.AsText == TestToken.LeftHalf(GoodTokens.RefreshToken)
            && claims[TestToken.AuthReqIdClaim]?.AsText == TestToken.AuthReqId;
    }

    internal sealed record Token(byte[] Header, byte[] Claims, string Compact);
}
