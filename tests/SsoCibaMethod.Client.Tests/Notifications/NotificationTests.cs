using System.Text;

namespace SsoCibaMethod.Client.Tests;

/// <summary>What an OP sends to the notification endpoint, where it keeps the rules (CIBA Core §10.2, §10.3, §12).</summary>
public sealed class NotificationTests
{
    [Theory]
    [InlineData("""{"auth_req_id":"1c266114-a1be"}""")]
    [InlineData("""{ "auth_req_id" : "1c266114-a1be" , "x" : {"y":[1]} }""")]
    [InlineData("""{"auth_req_id":"1c266114-a1be","error":"access_denied"}""")]
    [InlineData("""{"auth_req_id":"1c266114-a1be","id_token":7}""")]
    [Trait("Spec", "C-80")]
    [Trait("Spec", "C-82")]
    public void A_ping_names_the_request_and_nothing_else_in_it_counts(string body) =>
        Assert.Equal("1c266114-a1be", Assert.IsType<CibaNotification.Ping>(Read(body, TokenDeliveryMode.Ping)).AuthReqId);

    [Fact]
    [Trait("Spec", "C-90")]
    [Trait("Spec", "C-95")]
    public void A_push_brings_tokens()
    {
        var pushed = Assert.IsType<CibaNotification.Tokens>(Push(
            """{"auth_req_id":"id","access_token":"at","token_type":"bearer","refresh_token":"rt","expires_in":3600,"scope":"openid","id_token":"it","new":null}"""));

        Assert.Equal("id", pushed.AuthReqId);
        Assert.Equal(("it", "at", "Bearer", "rt", "openid"), (pushed.TokenSet.IdToken, pushed.TokenSet.AccessToken, pushed.TokenSet.TokenType, pushed.TokenSet.RefreshToken, pushed.TokenSet.Scope));
        Assert.Equal(TimeSpan.FromHours(1), pushed.TokenSet.ExpiresIn);
    }

    [Fact]
    public void A_push_may_lack_what_a_token_answer_may_lack()
    {
        var tokens = Assert.IsType<CibaNotification.Tokens>(Push("""{"auth_req_id":"id","access_token":"at","token_type":"Bearer","refresh_token":"","id_token":"it"}""")).TokenSet;

        Assert.Equal((null, null, null), (tokens.RefreshToken, tokens.ExpiresIn, tokens.Scope));
    }

    [Theory]
    [InlineData("access_denied", CibaErrorCode.AccessDenied)]
    [InlineData("expired_token", CibaErrorCode.ExpiredToken)]
    [InlineData("transaction_failed", CibaErrorCode.TransactionFailed)]
    [InlineData("server_error", CibaErrorCode.ServerError)]
    [InlineData("something_new", CibaErrorCode.Unknown)]
    [InlineData("authorization_pending", CibaErrorCode.Unknown)]
    [InlineData("slow_down", CibaErrorCode.Unknown)]
    [Trait("Spec", "C-97")]
    [Trait("Spec", "K-54")]
    public void A_pushed_error_is_an_end_whatever_its_code(string code, CibaErrorCode expected)
    {
        var refused = Assert.IsType<CibaNotification.Refused>(Push($$"""{"auth_req_id":"the-id","error":"{{code}}","error_description":"no, the-id, never"}"""));

        Assert.Equal(("the-id", expected, code, "no, ***, never"), (refused.AuthReqId, refused.Error.Code, refused.Error.Name, refused.Error.Description));
    }

    [Fact]
    [Trait("Spec", "C-97")]
    public void An_error_beside_tokens_is_an_error() =>
        Assert.IsType<CibaNotification.Refused>(Push("""{"auth_req_id":"id","error":"access_denied","access_token":"at","token_type":"Bearer","id_token":"it"}"""));

    [Fact]
    public void A_client_in_poll_mode_reads_no_notification() =>
        Assert.Throws<ArgumentException>(() => Read("""{"auth_req_id":"id"}""", TokenDeliveryMode.Poll));

    private static CibaNotification Push(string body) => Read(body, TokenDeliveryMode.Push);

    private static CibaNotification Read(string body, TokenDeliveryMode mode) => CibaNotification.Read(Encoding.UTF8.GetBytes(body), mode);
}
