using System.Net;

namespace SsoCibaMethod.Client.Tests;

/// <summary>The claims of the userinfo endpoint are used only where they are about the user of the ID token (OpenID Connect Core §5.3).</summary>
[Trait("Spec", "T-16")]
public sealed class UserInfoTests : IDisposable
{
    private const string Endpoint = $"{FakeOp.Issuer}/oidc/userinfo";

    private readonly Stage _stage = new();

    public UserInfoTests() => _stage.Op.Metadata["userinfo_endpoint"] = Endpoint;

    private IEnumerable<FakeOp.Exchange> Calls => _stage.Op.Seen.Where(exchange => exchange.Uri.OriginalString == Endpoint);

    [Fact]
    public async Task Claims_about_the_user_are_received()
    {
        var received = Assert.IsType<UserInfoResponse.Received>(await AskAsync("""{"sub":"user-1","name":"John","address":{"country":"FI"}}"""));

        Assert.Equal(("John", "FI"), ((string?)received.Claims["name"], (string?)received.Claims["address"]!["country"]));
    }

    [Fact]
    public async Task The_token_travels_in_the_header_alone()
    {
        _ = await AskAsync("""{"sub":"user-1"}""");

        var call = Assert.Single(Calls);
        Assert.Equal((HttpMethod.Get, ""), (call.Method, call.Body));
        Assert.Contains($"Authorization: Bearer {TestToken.AccessToken}", call.Headers, StringComparison.Ordinal);
        Assert.Contains("Accept: application/json", call.Headers, StringComparison.Ordinal);
        Assert.DoesNotContain("DPoP", call.Headers, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"sub":"user-2","name":"Eve"}""")]
    [InlineData("""{"sub":"USER-1"}""")]
    [InlineData("""{"sub":"user-1 "}""")]
    public async Task Claims_about_anybody_else_are_not(string body) => Assert.IsType<UserInfoResponse.WrongSubject>(await AskAsync(body));

    [Theory]
    [InlineData("sub is missing", """{"name":"John"}""")]
    [InlineData("sub is missing", """{"sub":""}""")]
    [InlineData("sub is not", """{"sub":1}""")]
    [InlineData("sub is not", """{"sub":["user-1"]}""")]
    [InlineData("each member once", """{"sub":"\udc00"}""")]
    [InlineData("each member once", """{"sub":"user-1","address":{"country":"\ud800"}}""")]
    [InlineData("each member once", """{"sub":"user-1","roles":["\udc00"]}""")]
    [InlineData("each member once", """{"sub":"user-1","sub":"user-1"}""")]
    [InlineData("each member once", """{"sub":"user-2","\u0073ub":"user-1"}""")]
    [InlineData("each member once", """{"sub":"user-1","a":{"b":1,"b":2}}""")]
    [InlineData("not an object", "[]")]
    [InlineData("well-formed", "")]
    [InlineData("well-formed", "<html></html>")]
    public async Task An_answer_that_breaks_a_rule_gives_none(string named, string body) =>
        Assert.Contains(named, Assert.IsType<UserInfoResponse.ProtocolFault>(await AskAsync(body)).Fault, StringComparison.Ordinal);

    [Theory]
    [InlineData(200, "text/html", "not application/json")]
    [InlineData(200, "application/jwt", "userinfo_signed_response_alg")]
    [InlineData(204, "application/json", "HTTP 204")]
    [InlineData(302, "application/json", "redirect")]
    public async Task Nor_does_an_answer_of_another_kind(int status, string mediaType, string named)
    {
        Answer(() => FakeOp.Answer(status, """{"sub":"user-1"}""", mediaType));

        Assert.Contains(named, Assert.IsType<UserInfoResponse.ProtocolFault>(await AskAsync()).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nor_does_one_without_end()
    {
        var body = new Endless();
        Answer(() => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(body) { Headers = { ContentType = new("application/json") } } });

        Assert.Contains("size limit", Assert.IsType<UserInfoResponse.ProtocolFault>(await AskAsync()).Fault, StringComparison.Ordinal);
        Assert.InRange(body.Given, 0, 4 * 1024 * 1024);
    }

    [Theory]
    [InlineData(401, """Bearer realm="op", error="invalid_token", error_description="the-access-token has expired" """, CibaErrorCode.InvalidToken, "*** has expired")]
    [InlineData(403, """bearer error="insufficient_scope" """, CibaErrorCode.InsufficientScope, null)]
    [InlineData(401, """Bearer ERROR = "invalid_token",x=y""", CibaErrorCode.InvalidToken, null)]
    [InlineData(401, """Basic realm="op", Bearer error="something_new" """, CibaErrorCode.Unknown, null)]
    public async Task A_refused_token_says_why(int status, string challenge, CibaErrorCode expected, string? description)
    {
        Answer(() => UserInfoAnswers.Challenged(status, challenge));

        var error = Assert.IsType<UserInfoResponse.Refused>(await AskAsync()).Error;

        Assert.Equal((expected, description), (error?.Code, error?.Description));
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer error=")]
    [InlineData("""Bearer error="" """)]
    [InlineData("""Basic error="invalid_token" """)]
    [InlineData("""Bearer xerror="invalid_token" """)]
    [InlineData(null)]
    public async Task Or_says_nothing(string? challenge)
    {
        Answer(() => UserInfoAnswers.Challenged(401, challenge));

        Assert.Null(Assert.IsType<UserInfoResponse.Refused>(await AskAsync()).Error);
    }

    [Fact]
    public async Task An_error_in_the_body_will_do()
    {
        Answer(() => FakeOp.Json(401, """{"error":"invalid_token"}"""));

        Assert.Equal(CibaErrorCode.InvalidToken, Assert.IsType<UserInfoResponse.Refused>(await AskAsync()).Error?.Code);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task An_OP_in_trouble_is_unavailable(int status)
    {
        Answer(() => FakeOp.Json(status, "{}"));

        Assert.IsType<UserInfoResponse.Unavailable>(await AskAsync());
    }

    [Fact]
    public async Task A_broken_connection_is_unavailable()
    {
        _stage.Op.Token = (_, _) => throw new IOException();

        Assert.IsType<UserInfoResponse.Unavailable>(await AskAsync());
    }

    [Fact]
    public async Task An_OP_without_the_endpoint_is_not_asked()
    {
        _stage.Op.Metadata.Remove("userinfo_endpoint");

        Assert.Contains("userinfo_endpoint", Assert.IsType<UserInfoResponse.ProtocolFault>(await AskAsync()).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_who_has_approved_gets_claims_though_a_refresh_of_the_metadata_finds_a_mismatch()
    {
        await _stage.Client.Provider.GetAsync();
        _stage.Op.Metadata["issuer"] = "https://evil.example";
        _stage.Time.Advance(TimeSpan.FromHours(12));
        await Stage.Until(async () => await _stage.Client.Provider.GetAsync() is ProviderMetadataResult.Mismatch);

        Assert.IsType<UserInfoResponse.Received>(await AskAsync("""{"sub":"user-1"}"""));
    }

    [Theory]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("é")]
    [InlineData("a b")]
    public async Task An_access_token_that_no_header_can_carry_is_not_sent(string accessToken)
    {
        var tokens = new TokenSet { IdToken = "it", AccessToken = accessToken, TokenType = "Bearer" };

        Assert.IsType<UserInfoResponse.ProtocolFault>(await _stage.Client.GetUserInfoAsync(tokens, TestToken.Subject));
        Assert.Empty(Calls);
    }

    public void Dispose() => _stage.Dispose();

    private void Answer(Func<HttpResponseMessage> answer) => _stage.Op.Token = (_, _) => Task.FromResult(answer());

    private Task<UserInfoResponse> AskAsync(string body)
    {
        Answer(() => FakeOp.Json(200, body));
        return AskAsync();
    }

    private Task<UserInfoResponse> AskAsync() => _stage.Client.GetUserInfoAsync(Stage.Tokens("it"), TestToken.Subject);
}
