namespace SsoCibaMethod.Client.Tests;

/// <summary>Pushed tokens that keep the rules of CIBA Core §10.3.1.</summary>
[Trait("Spec", "C-91")]
public sealed class PushedIdTokenTests
{
    [Fact]
    public void A_push_with_at_hash_and_auth_req_id_is_valid() => Assert.IsType<IdTokenResult.Valid>(Validate(TestToken.Pushed(), refreshToken: null));

    [Fact]
    public void A_push_with_a_refresh_token_and_rt_hash_is_valid() => Assert.IsType<IdTokenResult.Valid>(Validate(TestToken.Pushed("rt"), "rt"));

    [Fact]
    [Trait("Spec", "C-92")]
    public void The_same_claims_may_be_absent_from_a_token_that_was_fetched() =>
        Assert.IsType<IdTokenResult.Valid>(Provider.Validator("PS256").Validate(Stage.Tokens(new TestToken().Sign(), "rt"), Stage.Expectation, Provider.Metadata()));

    private static IdTokenResult Validate(TestToken token, string? refreshToken) => Provider.Validator("PS256").Validate(
        Stage.Tokens(token.Sign(), refreshToken),
        new IdTokenExpectation { RequestedAt = TestToken.RequestedAt, AuthReqId = TestToken.AuthReqId, IsPushed = true },
        Provider.Metadata());
}
