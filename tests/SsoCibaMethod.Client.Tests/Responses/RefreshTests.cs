namespace SsoCibaMethod.Client.Tests;

/// <summary>New tokens for old (RFC 6749 §6); an ID token among them is about the same login (OpenID Connect Core §12.2).</summary>
[Trait("Spec", "K-17")]
public sealed class RefreshTests : IDisposable
{
    private readonly Stage _stage = new();
    private readonly TokenSet _earlier = new()
    {
        IdToken = Login.Sign(),
        AccessToken = "at",
        TokenType = "Bearer",
        RefreshToken = "rt",
        ExpiresIn = TimeSpan.FromHours(1),
        Scope = "openid payments",
    };

    private static TestToken Login => new TestToken().With("auth_time", TestToken.At(TimeSpan.FromSeconds(-30)));

    [Fact]
    public async Task The_grant_is_asked_for_with_the_refresh_token_and_the_clients_proof()
    {
        _ = await RefreshAsync("""{"access_token":"at2","token_type":"Bearer"}""");

        var form = _stage.Op.Last.Form;
        Assert.Equal(("refresh_token", "rt", TestToken.ClientId, TestKeys.Secret), (form["grant_type"], form["refresh_token"], form["client_id"], form["client_secret"]));
    }

    [Fact]
    public async Task What_the_OP_does_not_send_again_is_as_it_was()
    {
        var tokens = Refreshed(await RefreshAsync("""{"access_token":"at2","token_type":"Bearer"}"""));

        Assert.Equal(("at2", "rt", _earlier.IdToken, "openid payments"), (tokens.AccessToken, tokens.RefreshToken, tokens.IdToken, tokens.Scope));
        Assert.Null(tokens.ExpiresIn);
    }

    [Fact]
    [Trait("Spec", "F-15")]
    public async Task A_rotated_refresh_token_takes_the_place_of_the_one_before()
    {
        var first = Refreshed(await RefreshAsync("""{"access_token":"at2","token_type":"Bearer","refresh_token":"rt2"}"""));
        var second = Refreshed(await RefreshAsync("""{"access_token":"at3","token_type":"Bearer","refresh_token":"rt3","expires_in":60,"scope":"openid"}""", first));

        Assert.Equal("rt2", _stage.Op.Last.Form["refresh_token"]);
        Assert.Equal(("at3", "rt3", TimeSpan.FromMinutes(1), "openid"), (second.AccessToken, second.RefreshToken, second.ExpiresIn, second.Scope));
    }

    [Fact]
    public async Task A_new_id_token_about_the_same_login_is_taken()
    {
        var idToken = Login.With("exp", TestToken.At(TimeSpan.FromHours(1))).With("iat", TestToken.At(TimeSpan.Zero)).Sign();

        Assert.Equal(idToken, Refreshed(await RefreshAsync(With(idToken))).IdToken);
    }

    [Fact]
    [Trait("Spec", "C-92")]
    public async Task The_auth_req_id_of_the_login_may_stand_in_it() =>
        Assert.IsType<RefreshResponse.Refreshed>(await RefreshAsync(With(new TestToken().With(TestToken.AuthReqIdClaim, "long-ago").Sign())));

    public static TheoryData<string, string> Unfit => new()
    {
        { nameof(IdTokenFault.WrongSubject), new TestToken().With("sub", "user-2").Sign() },
        { nameof(IdTokenFault.WrongIssuer), new TestToken().With("iss", "https://evil.example").Sign() },
        { nameof(IdTokenFault.WrongAudience), new TestToken().With("aud", "another").Sign() },
        { nameof(IdTokenFault.UntrustedAudience), new TestToken().With("aud", new System.Text.Json.Nodes.JsonArray(TestToken.ClientId, "another")).Sign() },
        { nameof(IdTokenFault.IssuedBeforeRequest), new TestToken().With("iat", TestToken.At(TimeSpan.FromSeconds(-61))).Sign() },
        { nameof(IdTokenFault.Expired), new TestToken().With("exp", TestToken.At(TimeSpan.FromMinutes(-2))).Sign() },
        { nameof(IdTokenFault.WrongSignature), new TestToken().Sign(Signer.For("PS256", TestKeys.OtherRsa)) },
        { nameof(IdTokenFault.AlgorithmNotAllowed), new TestToken().WithHeader("alg", "none").Sign(Signer.Nothing) },
        { nameof(IdTokenFault.WrongAccessTokenHash), new TestToken().With("at_hash", TestToken.LeftHalf("another")).Sign() },
        { nameof(IdTokenFault.Malformed), "nonsense" },
        { "auth_time", new TestToken().With("auth_time", TestToken.At(TimeSpan.Zero)).Sign() },
        { "auth_time", new TestToken().With("auth_time", "now").Sign() },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task An_id_token_about_anything_else_spoils_the_whole_answer(string named, string idToken) =>
        Assert.Contains(named, Assert.IsType<RefreshResponse.ProtocolFault>(await RefreshAsync(With(idToken))).Fault, StringComparison.Ordinal);

    [Theory]
    [InlineData("access_token", """{"token_type":"Bearer"}""")]
    [InlineData("access_token", """{"access_token":"","token_type":"Bearer"}""")]
    [InlineData("token_type", """{"access_token":"at"}""")]
    [InlineData("token_type", """{"access_token":"at","token_type":"DPoP"}""")]
    [InlineData("refresh_token", """{"access_token":"at","token_type":"Bearer","refresh_token":1}""")]
    [InlineData("id_token", """{"access_token":"at","token_type":"Bearer","id_token":null}""")]
    [InlineData("id_token", """{"access_token":"at","token_type":"Bearer","id_token":""}""")]
    [InlineData("expires_in", """{"access_token":"at","token_type":"Bearer","expires_in":"60"}""")]
    [InlineData("each member once", """{"access_token":"at","token_type":"Bearer","access_token":"at2"}""")]
    [InlineData("well-formed", "")]
    public async Task An_answer_that_breaks_a_rule_gives_nothing(string named, string body) =>
        Assert.Contains(named, Assert.IsType<RefreshResponse.ProtocolFault>(await RefreshAsync(body)).Fault, StringComparison.Ordinal);

    [Theory]
    [InlineData("invalid_grant", CibaErrorCode.InvalidGrant)]
    [InlineData("invalid_client", CibaErrorCode.InvalidClient)]
    [InlineData("something_new", CibaErrorCode.Unknown)]
    public async Task An_OP_may_refuse(string code, CibaErrorCode expected)
    {
        _stage.Op.Token = (_, _) => Task.FromResult(FakeOp.Json(400, $$"""{"error":"{{code}}","error_description":"not rt"}"""));

        var error = Assert.IsType<RefreshResponse.Refused>(await _stage.Client.RefreshAsync(_earlier, TestToken.Subject)).Error;

        Assert.Equal((expected, "not ***"), (error.Code, error.Description));
    }

    [Theory]
    [InlineData("authorization_pending")]
    [InlineData("slow_down")]
    public async Task Nobody_is_asked_to_wait_for_a_refresh(string code)
    {
        _stage.Op.Token = (_, _) => Task.FromResult(FakeOp.Json(400, $$"""{"error":"{{code}}"}"""));

        Assert.IsType<RefreshResponse.ProtocolFault>(await _stage.Client.RefreshAsync(_earlier, TestToken.Subject));
    }

    [Fact]
    public async Task Where_the_answer_was_lost_it_says_that_the_token_may_have_been_rotated()
    {
        _stage.Op.Token = (_, _) => throw new IOException();

        Assert.True(Assert.IsType<RefreshResponse.Unavailable>(await _stage.Client.RefreshAsync(_earlier, TestToken.Subject)).MayHaveBeenReceived);
    }

    [Fact]
    public async Task Where_the_keys_cannot_be_had_the_rotated_token_is_not_lost_and_the_id_token_not_believed()
    {
        _ = await _stage.Client.Provider.GetAsync();
        _stage.Op.Keys = (_, _) => Task.FromResult(FakeOp.Json(503, ""));

        var undecided = Assert.IsType<RefreshResponse.Undecided>(await RefreshAsync(With(new TestToken().WithHeader("kid", "rsa-2").Sign())));

        Assert.Equal(("rt2", _earlier.IdToken), (undecided.Tokens.RefreshToken, undecided.Tokens.IdToken));
    }

    [Fact]
    [Trait("Spec", "T-13")]
    public async Task Encrypted_id_tokens_are_compared_by_what_is_inside()
    {
        _stage.Settings = new CibaClientSettings
        {
            ClientId = TestToken.ClientId,
            Authentication = _stage.Authentication,
            IdTokenSigningAlgorithms = ["PS256"],
            IdTokenDecryption = Decryptions.All,
        };
        var earlier = new TokenSet { IdToken = new TestJwe().Encrypt(Login), AccessToken = "at", TokenType = "Bearer", RefreshToken = "rt" };

        Assert.IsType<RefreshResponse.Refreshed>(await RefreshAsync(With(new TestJwe().Encrypt(Login)), earlier));
        Assert.IsType<RefreshResponse.ProtocolFault>(await RefreshAsync(With(new TestJwe().Encrypt(new TestToken().With("auth_time", 1))), earlier));
    }

    [Fact]
    public async Task Without_a_refresh_token_or_a_subject_nothing_is_sent()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => _stage.Client.RefreshAsync(Stage.Tokens("it"), TestToken.Subject));
        await Assert.ThrowsAsync<ArgumentException>(() => _stage.Client.RefreshAsync(_earlier, ""));

        Assert.Empty(_stage.Op.Seen);
    }

    public void Dispose() => _stage.Dispose();

    private static TokenSet Refreshed(RefreshResponse response) => Assert.IsType<RefreshResponse.Refreshed>(response).Tokens;

    private static string With(string idToken) => $$"""{"access_token":"{{TestToken.AccessToken}}","token_type":"Bearer","refresh_token":"rt2","id_token":"{{idToken}}"}""";

    private Task<RefreshResponse> RefreshAsync(string body, TokenSet? earlier = null)
    {
        _stage.Op.Token = (_, _) => Task.FromResult(FakeOp.Json(200, body));
        return _stage.Client.RefreshAsync(earlier ?? _earlier, TestToken.Subject);
    }
}
