using System.Text;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Client.Tests;

/// <summary>What must be accepted: a validator that refuses everything is no validator.</summary>
public sealed class GoodIdTokenTests
{
    private static readonly Dictionary<string, Func<byte[], byte[]>> Signers = new()
    {
        ["RS256"] = Signer.For("RS256", TestKeys.Rsa),
        ["RS384"] = Signer.For("RS384", TestKeys.Rsa),
        ["RS512"] = Signer.For("RS512", TestKeys.Rsa),
        ["PS256"] = Signer.For("PS256", TestKeys.Rsa),
        ["PS384"] = Signer.For("PS384", TestKeys.Rsa),
        ["PS512"] = Signer.For("PS512", TestKeys.Rsa),
        ["ES256"] = Signer.For("ES256", TestKeys.P256),
        ["ES384"] = Signer.For("ES384", TestKeys.P384),
        ["ES512"] = Signer.For("ES512", TestKeys.P521),
        ["HS256"] = Signer.For("HS256", Encoding.UTF8.GetBytes(TestKeys.Secret)),
        ["HS384"] = Signer.For("HS384", Encoding.UTF8.GetBytes(TestKeys.Secret)),
        ["HS512"] = Signer.For("HS512", Encoding.UTF8.GetBytes(TestKeys.Secret)),
    };

    private static readonly Dictionary<string, Func<TestToken, TestToken>> Variants = new()
    {
        ["K-13 aud an array of one"] = token => token.With("aud", new JsonArray(TestToken.ClientId)),
        ["aud an array with the client twice"] = token => token.With("aud", new JsonArray(TestToken.ClientId, TestToken.ClientId)),
        ["T-7 azp the client"] = token => token.With("azp", TestToken.ClientId),
        ["T-5 no kid"] = token => token.WithoutHeader("kid"),
        ["typ absent"] = token => token.WithoutHeader("typ"),
        ["typ in lower case"] = token => token.WithHeader("typ", "jwt"),
        ["T-8 exp past, within the skew"] = token => token.With("exp", TestToken.At(TimeSpan.FromSeconds(-59))),
        ["exp with a fraction"] = token => token.With("exp", TestToken.At(TimeSpan.FromSeconds(30)) + 0.5),
        ["F-16 iat 10 seconds ahead"] = token => token.With("iat", TestToken.At(TimeSpan.FromSeconds(10))),
        ["T-12 iat before the request, within the skew"] = token => token.With("iat", (TestToken.RequestedAt - TimeSpan.FromSeconds(59)).ToUnixTimeSeconds()),
        ["T-8 exp at the end of the year 9999"] = token => token.With("exp", 253_402_300_799),
        ["T-12 iat before the request by just the skew"] = token => token.With("iat", (TestToken.RequestedAt - TimeSpan.FromSeconds(60)).ToUnixTimeSeconds()),
        ["F-16 iat ahead by just the skew"] = token => token.With("iat", TestToken.At(TimeSpan.FromSeconds(60))),
        ["nbf ahead by just the skew"] = token => token.With("nbf", TestToken.At(TimeSpan.FromSeconds(60))),
        ["nbf now"] = token => token.With("nbf", TestToken.At(TimeSpan.Zero)),
        ["T-10 a nonce nobody asked for"] = token => token.With("nonce", "n"),
        ["unknown claims"] = token => token.With("verified_claims", new JsonObject { ["trust_framework"] = "au_connectid" }),
        ["T-9 sub of 255 characters"] = token => token.With("sub", new string('s', 255)),
        ["T-15 at_hash right"] = token => token.With("at_hash", Hash(TestToken.AccessToken)),
        ["C-92 rt_hash right"] = token => token.With("urn:openid:params:jwt:claim:rt_hash", Hash("the-refresh-token")),
        ["C-92 auth_req_id right"] = token => token.With("urn:openid:params:jwt:claim:auth_req_id", TestToken.AuthReqId),
        ["K-52 jku, x5u and jwk are not looked at"] = token =>
            token.WithHeader("jku", "https://evil.example").WithHeader("x5u", "https://evil.example").WithHeader("jwk", TestKeys.Jwk(TestKeys.OtherRsa, TestKeys.RsaId)),
    };

    public static TheoryData<string> Algorithms => new(Signers.Keys);

    public static TheoryData<string> VariantNames => new(Variants.Keys);

    [Theory]
    [MemberData(nameof(Algorithms))]
    [Trait("Spec", "T-4")]
    public void A_token_signed_as_configured_is_valid(string algorithm)
    {
        var kid = algorithm switch
        {
            "ES256" => "ec-256",
            "ES384" => "ec-384",
            "ES512" => "ec-521",
            _ => TestKeys.RsaId,
        };
        var token = new TestToken().WithHeader("alg", algorithm).WithHeader("kid", kid).Sign(Signers[algorithm]);

        AssertValid(token, algorithm);
        AssertValid(new TestToken().WithHeader("alg", algorithm).WithoutHeader("kid").Sign(Signers[algorithm]), algorithm);
    }

    [Theory]
    [MemberData(nameof(VariantNames))]
    public void A_variant_that_the_rules_allow_is_valid(string name) => AssertValid(Variants[name](new TestToken()).Sign(), "PS256");

    [Fact]
    [Trait("Spec", "T-11")]
    public void An_acr_that_was_asked_for_is_valid()
    {
        var expectation = new IdTokenExpectation { RequestedAt = TestToken.RequestedAt, AuthReqId = TestToken.AuthReqId, AcrValues = ["highest", "high"], Subject = TestToken.Subject };

        var result = Provider.Validator("PS256").Validate(Stage.Tokens(new TestToken().With("acr", "high").Sign()), expectation, Provider.Metadata());

        Assert.IsType<IdTokenResult.Valid>(result);
    }

    [Fact]
    [Trait("Spec", "T-10")]
    public void An_auth_time_no_longer_ago_than_was_asked_for_is_valid_within_the_skew()
    {
        var expectation = new IdTokenExpectation { RequestedAt = TestToken.RequestedAt, AuthReqId = TestToken.AuthReqId, MaxAge = TimeSpan.FromMinutes(10) };
        var token = new TestToken().With("auth_time", TestToken.At(-TimeSpan.FromMinutes(11)));

        Assert.IsType<IdTokenResult.Valid>(Provider.Validator("PS256").Validate(Stage.Tokens(token.Sign()), expectation, Provider.Metadata()));
    }

    // Most OPs write whole seconds: a token of the same second as the request is not older than it.
    [Theory]
    [InlineData(60, true)]
    [InlineData(61, false)]
    [Trait("Spec", "T-12")]
    public void The_second_of_the_request_counts_whole(int secondsBefore, bool isValid)
    {
        var token = new TestToken().With("iat", TestToken.RequestedAt.ToUnixTimeSeconds() - secondsBefore);
        var expectation = new IdTokenExpectation { RequestedAt = TestToken.RequestedAt.AddSeconds(0.9), AuthReqId = TestToken.AuthReqId };

        Assert.Equal(isValid, Provider.Validator("PS256").Validate(Stage.Tokens(token.Sign()), expectation, Provider.Metadata()) is IdTokenResult.Valid);
    }

    [Fact]
    [Trait("Spec", "C-92")]
    public void A_token_of_a_refresh_answers_no_request_whichever_it_names()
    {
        var expectation = new IdTokenExpectation { RequestedAt = TestToken.RequestedAt, AuthReqId = "", IsRefreshed = true };
        var token = new TestToken().With(TestToken.AuthReqIdClaim, TestToken.AuthReqId);

        Assert.IsType<IdTokenResult.Valid>(Provider.Validator("PS256").Validate(Stage.Tokens(token.Sign()), expectation, Provider.Metadata()));
    }

    [Fact]
    public void A_valid_token_gives_its_claims_and_itself()
    {
        var token = new TestToken().With("name", "John").Sign();

        var valid = Assert.IsType<IdTokenResult.Valid>(Provider.Validator("PS256").Validate(Stage.Tokens(token), Stage.Expectation, Provider.Metadata()));

        Assert.Equal(("John", token), ((string?)valid.Claims["name"], valid.SignedToken));
    }

    [Fact]
    [Trait("Spec", "T-9")]
    public void A_valid_token_gives_issuer_and_subject_and_prints_neither_the_subject_nor_more()
    {
        var result = Provider.Validator("PS256").Validate(Stage.Tokens(new TestToken().Sign()), Stage.Expectation, Provider.Metadata());

        var valid = Assert.IsType<IdTokenResult.Valid>(result);
        Assert.Equal((FakeOp.Issuer, TestToken.Subject), (valid.Issuer, valid.Subject));
        Assert.DoesNotContain(TestToken.Subject, valid.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "F-17")]
    public void Of_two_keys_under_one_kid_either_may_have_signed()
    {
        var op = Provider.Metadata(TestKeys.Set(TestKeys.Jwk(TestKeys.OtherRsa, TestKeys.RsaId), TestKeys.Jwk(TestKeys.P256, TestKeys.RsaId), TestKeys.Jwk(TestKeys.Rsa, TestKeys.RsaId)));

        Assert.IsType<IdTokenResult.Valid>(Provider.Validator("PS256").Validate(Stage.Tokens(new TestToken().Sign()), Stage.Expectation, op));
    }

    private static string Hash(string token) => TestToken.LeftHalf(token);

    private static void AssertValid(string token, string algorithm) => Assert.IsType<IdTokenResult.Valid>(
        Provider.Validator(algorithm).Validate(Stage.Tokens(token, "the-refresh-token"), Stage.Expectation, Provider.Metadata()));
}
