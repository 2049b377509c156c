namespace SsoCibaMethod.Client.Tests;

/// <summary>Every way to be wrong is refused for its own reason (OpenID Connect Core §3.1.3.7).</summary>
public sealed class BadIdTokenTests
{
    private static readonly Dictionary<string, BadIdToken> Table = new[] { BadClaims.All, BadSignatures.All, BadForms.All, BadPushes.All, BadEncryptions.All }.SelectMany(all => all).ToDictionary(bad => bad.Name);

    private static readonly ProviderMetadata Op = Provider.Metadata();

    public static TheoryData<string> Names => new(Table.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_bad_id_token_is_refused_for_its_own_fault(string name)
    {
        var bad = Table[name];
        var expectation = new IdTokenExpectation
        {
            RequestedAt = TestToken.RequestedAt,
            AuthReqId = TestToken.AuthReqId,
            AcrValues = bad.AcrValues,
            MaxAge = bad.MaxAge,
            Subject = bad.ExpectedSubject,
            IsPushed = bad.IsPushed,
        };

        var result = Provider.Validator(bad.Decryption, [.. bad.Algorithms]).Validate(Stage.Tokens(bad.Make(), bad.RefreshToken), expectation, Op);

        var invalid = Assert.IsType<IdTokenResult.Invalid>(result);
        Assert.Equal(bad.Fault, invalid.Fault);
        Assert.NotEmpty(invalid.Detail);
    }

    [Fact]
    public void Every_fault_has_a_token_that_earns_it() =>
        Assert.Empty(Enum.GetValues<IdTokenFault>().Except(Table.Values.Select(bad => bad.Fault)));

    [Fact]
    [Trait("Spec", "T-4")]
    public void A_fault_of_the_algorithm_names_the_setting_where_the_OP_offers_it()
    {
        var token = new TestToken().WithHeader("alg", "RS256").Sign(Signer.For("RS256", TestKeys.Rsa));

        var result = Provider.Validator("PS256", "ES256").Validate(Stage.Tokens(token), Stage.Expectation, Provider.Metadata(null, "RS256", "PS256"));

        Assert.Contains("RS256, which the OP offers; if that is right, name it in the setting IdTokenSigningAlgorithms (now PS256, ES256)", Detail(result), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "T-4")]
    public void Nobody_is_advised_to_configure_none()
    {
        var token = new TestToken().WithHeader("alg", "none").Sign(Signer.Nothing);

        var result = Provider.Validator("PS256").Validate(Stage.Tokens(token), Stage.Expectation, Provider.Metadata(null, "none", "PS256"));

        Assert.DoesNotContain("if that is right", Assert.IsType<IdTokenResult.Invalid>(result).Detail, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "T-4")]
    public void What_the_OP_does_not_offer_is_not_advised_either()
    {
        var token = new TestToken().WithHeader("alg", "RS256").Sign(Signer.For("RS256", TestKeys.Rsa));

        var result = Provider.Validator("PS256").Validate(Stage.Tokens(token), Stage.Expectation, Provider.Metadata(null, "PS256"));

        Assert.Equal("the token's algorithm is not one of the setting IdTokenSigningAlgorithms", Detail(result));
    }

    [Fact]
    [Trait("Spec", "T-5")]
    public void An_unknown_key_is_told_with_how_many_the_OP_has_or_as_the_want_of_a_secret()
    {
        var unknown = new TestToken().WithHeader("kid", "rsa-2").Sign();
        var symmetric = new TestToken().WithHeader("alg", "HS256").Sign(Signer.For("HS256", "short"u8.ToArray()));

        Assert.StartsWith("none of the OP's 4 keys", Detail(Provider.Validator("PS256").Validate(Stage.Tokens(unknown), Stage.Expectation, Op)), StringComparison.Ordinal);
        Assert.StartsWith(
            "there is no client secret",
            Detail(Provider.Validator(new ClientSecretPost("short"), "HS256").Validate(Stage.Tokens(symmetric), Stage.Expectation, Op)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("")]
    [InlineData("31-bytes-are-a-bit-too-little-x")]
    [Trait("Spec", "F-6")]
    public void A_client_secret_shorter_than_the_hash_verifies_nothing(string secret)
    {
        var token = new TestToken().WithHeader("alg", "HS256").Sign(Signer.For("HS256", System.Text.Encoding.UTF8.GetBytes(secret)));

        var result = Provider.Validator(new ClientSecretPost(secret), "HS256").Validate(Stage.Tokens(token), Stage.Expectation, Op);

        Assert.Equal(IdTokenFault.UnknownKey, Assert.IsType<IdTokenResult.Invalid>(result).Fault);
    }

    [Fact]
    [Trait("Spec", "F-6")]
    public void A_client_secret_as_long_as_the_hash_will_do()
    {
        const string Secret = "32-bytes-are-just-as-the-hash-is";
        var token = new TestToken().WithHeader("alg", "HS256").Sign(Signer.For("HS256", System.Text.Encoding.UTF8.GetBytes(Secret)));

        Assert.IsType<IdTokenResult.Valid>(Provider.Validator(new ClientSecretPost(Secret), "HS256").Validate(Stage.Tokens(token), Stage.Expectation, Op));
    }

    [Fact]
    public void What_is_found_wrong_repeats_nothing_of_the_token()
    {
        foreach (var bad in BadClaims.All)
        {
            var result = (IdTokenResult.Invalid)Provider.Validator("PS256").Validate(
                Stage.Tokens(bad.Make()), new IdTokenExpectation { RequestedAt = TestToken.RequestedAt, AuthReqId = TestToken.AuthReqId, AcrValues = ["high"], Subject = "user-9" }, Op);
            Assert.DoesNotContain(TestToken.Subject, result.Detail, StringComparison.Ordinal);
            Assert.DoesNotContain(TestToken.AuthReqId, result.Detail, StringComparison.Ordinal);
        }
    }

    private static string Detail(IdTokenResult result) => Assert.IsType<IdTokenResult.Invalid>(result).Detail;
}
