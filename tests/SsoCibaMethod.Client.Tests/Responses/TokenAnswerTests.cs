namespace SsoCibaMethod.Client.Tests;

/// <summary>The answer of the token endpoint to a poll, read strictly (CIBA Core §10.1.1, §11).</summary>
public sealed class TokenAnswerTests : IDisposable
{
    private readonly Stage _stage = new();

    [Fact]
    [Trait("Spec", "C-71")]
    public async Task Tokens_are_read()
    {
        var answer = await _stage.PollAsync(FakeOp.Json(
            200, """{"access_token":"at","token_type":"Bearer","id_token":"it","refresh_token":"rt","expires_in":3600,"scope":"openid","x":1}"""));

        var tokens = Assert.IsType<TokenResponse.Granted>(answer).Tokens;
        Assert.Equal(("it", "at", "Bearer", "rt", "openid"), (tokens.IdToken, tokens.AccessToken, tokens.TokenType, tokens.RefreshToken, tokens.Scope));
        Assert.Equal(TimeSpan.FromHours(1), tokens.ExpiresIn);
    }

    [Theory]
    [InlineData("""{"access_token":"at","token_type":"Bearer","id_token":"it"}""")]
    [InlineData("""{"access_token":"at","token_type":"bearer","id_token":"it"}""")]
    [InlineData("""{"access_token":"at","token_type":"BEARER","id_token":"it"}""")]
    [Trait("Spec", "K-14")]
    [Trait("Spec", "T-68")]
    public async Task Scope_and_expires_in_may_be_absent_and_Bearer_may_be_written_anyhow(string body)
    {
        var tokens = Assert.IsType<TokenResponse.Granted>(await _stage.PollAsync(FakeOp.Json(200, body))).Tokens;

        Assert.Equal((null, null, "Bearer"), (tokens.Scope, tokens.ExpiresIn, tokens.TokenType));
    }

    [Fact]
    [Trait("Spec", "T-65")]
    public async Task Authorization_details_granted_are_read()
    {
        var tokens = Assert.IsType<TokenResponse.Granted>(await _stage.PollAsync(FakeOp.Json(
            200, """{"access_token":"at","token_type":"Bearer","id_token":"it","authorization_details":[{"type":"payment","amount":12.50}]}"""))).Tokens;

        Assert.Equal("""[{"type":"payment","amount":12.50}]""", tokens.AuthorizationDetails!.ToJsonString());
    }

    [Theory]
    [InlineData("authorization_details", """{"access_token":"at","token_type":"Bearer","id_token":"it","authorization_details":{"type":"payment"}}""")]
    [InlineData("authorization_details", """{"access_token":"at","token_type":"Bearer","id_token":"it","authorization_details":"[]"}""")]
    [InlineData("id_token", """{"access_token":"at","token_type":"Bearer"}""")]
    [InlineData("id_token", """{"access_token":"at","token_type":"Bearer","id_token":""}""")]
    [InlineData("id_token", """{"access_token":"at","token_type":"Bearer","id_token":7}""")]
    [InlineData("each member once", """{"access_token":"at","token_type":"Bearer","id_token":"\udc00"}""")]
    [InlineData("each member once", """{"access_token":"at","token_type":"Bearer","id_token":"a.b.c","authorization_details":[{"type":"\ud800"}]}""")]
    [InlineData("access_token", """{"token_type":"Bearer","id_token":"it"}""")]
    [InlineData("access_token", """{"access_token":{},"token_type":"Bearer","id_token":"it"}""")]
    [InlineData("token_type", """{"access_token":"at","id_token":"it"}""")]
    [InlineData("token_type", """{"access_token":"at","token_type":"DPoP","id_token":"it"}""")]
    [InlineData("token_type", """{"access_token":"at","token_type":"Bearer ","id_token":"it"}""")]
    [InlineData("token_type", """{"access_token":"at","token_type":null,"id_token":"it"}""")]
    [InlineData("refresh_token", """{"access_token":"at","token_type":"Bearer","id_token":"it","refresh_token":1}""")]
    [InlineData("expires_in", """{"access_token":"at","token_type":"Bearer","id_token":"it","expires_in":"3600"}""")]
    [InlineData("expires_in", """{"access_token":"at","token_type":"Bearer","id_token":"it","expires_in":-1}""")]
    [InlineData("scope", """{"access_token":"at","token_type":"Bearer","id_token":"it","scope":["openid"]}""")]
    [InlineData("each member once", """{"access_token":"at","token_type":"Bearer","id_token":"it","id_token":"it"}""")]
    [InlineData("not an object", "[]")]
    [InlineData("well-formed", "")]
    [Trait("Spec", "K-52")]
    public async Task An_unfit_token_response_is_a_protocol_fault_that_names_the_member(string named, string body)
    {
        var answer = await _stage.PollAsync(FakeOp.Json(200, body));

        Assert.Contains(named, Assert.IsType<TokenResponse.ProtocolFault>(answer).Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "text/html", "<html></html>")]
    [InlineData(302, "application/json", """{"error":"authorization_pending"}""")]
    [InlineData(400, "text/html", "<html></html>")]
    [InlineData(400, "application/json", """{"error":"authorization_pending","error":"access_denied"}""")]
    [InlineData(404, "application/json", "{}")]
    [Trait("Spec", "C-67")]
    public async Task An_answer_of_another_kind_is_a_protocol_fault(int status, string mediaType, string body) =>
        Assert.IsType<TokenResponse.ProtocolFault>(await _stage.PollAsync(FakeOp.Answer(status, body, mediaType)));

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(428)]
    [InlineData(429)]
    [InlineData(200)]
    [InlineData(503)]
    [Trait("Spec", "C-68")]
    public async Task Pending_and_slow_down_are_decided_by_the_error_whatever_the_status(int status)
    {
        Assert.IsType<TokenResponse.Pending>(await _stage.PollAsync(FakeOp.Json(status, """{"error":"authorization_pending"}""")));
        Assert.IsType<TokenResponse.SlowDown>(await _stage.PollAsync(FakeOp.Json(status, """{"error":"slow_down"}""")));
    }

    [Theory]
    [InlineData(400, "expired_token", CibaErrorCode.ExpiredToken)]
    [InlineData(400, "access_denied", CibaErrorCode.AccessDenied)]
    [InlineData(400, "invalid_grant", CibaErrorCode.InvalidGrant)]
    [InlineData(400, "invalid_request", CibaErrorCode.InvalidRequest)]
    [InlineData(400, "unauthorized_client", CibaErrorCode.UnauthorizedClient)]
    [InlineData(401, "invalid_client", CibaErrorCode.InvalidClient)]
    [InlineData(400, "unsupported_grant_type", CibaErrorCode.UnsupportedGrantType)]
    [InlineData(400, "server_error", CibaErrorCode.ServerError)]
    [InlineData(400, "something_new", CibaErrorCode.Unknown)]
    [InlineData(500, "invalid_grant", CibaErrorCode.InvalidGrant)]
    [InlineData(200, "access_denied", CibaErrorCode.AccessDenied)]
    [Trait("Spec", "C-67")]
    [Trait("Spec", "K-25")]
    public async Task Any_other_error_is_the_end(int status, string code, CibaErrorCode expected)
    {
        var answer = await _stage.PollAsync(FakeOp.Json(status, $$"""{"error":"{{code}}","access_token":"at","token_type":"Bearer","id_token":"it"}"""));

        Assert.Equal(expected, Assert.IsType<TokenResponse.Refused>(answer).Error.Code);
    }

    [Theory]
    [InlineData(500, "server_error")]
    [InlineData(503, "temporarily_unavailable")]
    [InlineData(502, "Bad Gateway")]
    [Trait("Spec", "C-66")]
    public async Task An_error_of_the_gateway_is_no_end(int status, string code)
    {
        var answer = await _stage.PollAsync(FakeOp.Json(status, $$"""{"error":"{{code}}"}"""));

        Assert.True(Assert.IsType<TokenResponse.Unavailable>(answer).MayHaveBeenReceived);
    }

    public void Dispose() => _stage.Dispose();
}
