using System.Net;

namespace SsoCibaMethod.Client.Tests;

/// <summary>The answer of the backchannel authentication endpoint, read strictly (CIBA Core §7.3).</summary>
public sealed class AcknowledgementTests : IDisposable
{
    private readonly Stage _stage = new();

    [Fact]
    [Trait("Spec", "C-50")]
    public async Task A_fit_acknowledgement_is_read_and_unknown_members_are_ignored()
    {
        var answer = await _stage.StartAsync(FakeOp.Json(200, """{"auth_req_id":"1c26.-_~","expires_in":120,"interval":2,"new":{"a":[1]}}"""));

        var acknowledged = Assert.IsType<BackchannelAuthenticationResponse.Acknowledged>(answer);
        Assert.Equal(
            ("1c26.-_~", TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(2), TestToken.Now),
            (acknowledged.AuthReqId, acknowledged.ExpiresIn, acknowledged.Interval, acknowledged.SentAt));
    }

    [Theory]
    [Trait("Spec", "C-53")]
    [InlineData("")]
    [InlineData(",\"interval\":0")]
    public async Task The_interval_may_be_absent_or_say_nothing(string interval)
    {
        var answer = await _stage.StartAsync(FakeOp.Json(200, $$"""{"auth_req_id":"a","expires_in":120{{interval}}}"""));

        Assert.Null(Assert.IsType<BackchannelAuthenticationResponse.Acknowledged>(answer).Interval);
    }

    [Theory]
    [InlineData("""{"auth_req_id":"a","expires_in":9223372036854775807,"interval":9223372036854775807}""")]
    [InlineData("""{"auth_req_id":"a","expires_in":2147483648,"interval":2147483648}""")]
    [Trait("Spec", "C-55")]
    public async Task Absurd_durations_overflow_no_clock(string body)
    {
        var answer = Assert.IsType<BackchannelAuthenticationResponse.Acknowledged>(await _stage.StartAsync(FakeOp.Json(200, body)));

        var now = TimeSpan.FromTicks(_stage.Time.GetTimestamp());
        var schedule = PollSchedule.Begin(now, now, answer, new PollSettings());
        Assert.Equal(now + TimeSpan.FromMinutes(15), schedule.Deadline);
        Assert.Equal(schedule.Deadline, schedule.Due);
    }

    [Theory]
    [InlineData("K-20", "auth_req_id", """{"expires_in":120}""")]
    [InlineData("K-21", "expires_in", """{"auth_req_id":"a"}""")]
    [InlineData("K-50", "auth_req_id", """{"auth_req_id":"","expires_in":120}""")]
    [InlineData("K-50", "auth_req_id", """{"auth_req_id":null,"expires_in":120}""")]
    [InlineData("K-50", "auth_req_id", """{"auth_req_id":7,"expires_in":120}""")]
    [InlineData("K-50", "auth_req_id", """{"auth_req_id":["a"],"expires_in":120}""")]
    [InlineData("K-50", "each member once", """{"auth_req_id":"\ud800","expires_in":120}""")]
    [InlineData("K-50", "expires_in", """{"auth_req_id":"a","expires_in":0}""")]
    [InlineData("K-50", "expires_in", """{"auth_req_id":"a","expires_in":-1}""")]
    [InlineData("K-50", "expires_in", """{"auth_req_id":"a","expires_in":"120"}""")]
    [InlineData("K-50", "expires_in", """{"auth_req_id":"a","expires_in":1.5}""")]
    [InlineData("K-50", "expires_in", """{"auth_req_id":"a","expires_in":1e400}""")]
    [InlineData("K-50", "expires_in", """{"auth_req_id":"a","expires_in":99999999999999999999}""")]
    [InlineData("K-50", "expires_in", """{"auth_req_id":"a","expires_in":null}""")]
    [InlineData("K-50", "expires_in", """{"auth_req_id":"a","expires_in":true}""")]
    [InlineData("K-50", "interval", """{"auth_req_id":"a","expires_in":120,"interval":-5}""")]
    [InlineData("K-50", "interval", """{"auth_req_id":"a","expires_in":120,"interval":2.5}""")]
    [InlineData("K-50", "interval", """{"auth_req_id":"a","expires_in":120,"interval":"5"}""")]
    [InlineData("K-50", "each member once", """{"auth_req_id":"a","expires_in":120,"auth_req_id":"b"}""")]
    [InlineData("K-50", "each member once", """{"auth_req_id":"a","expires_in":120,"\u0061uth_req_id":"b"}""")]
    [InlineData("K-50", "each member once", """{"auth_req_id":"a","expires_in":120,"\ud800":1}""")]
    [InlineData("K-50", "well-formed", """{"auth_req_id":"a","expires_in":120""")]
    [InlineData("K-50", "well-formed", """{"auth_req_id":"a","expires_in":120}{}""")]
    [InlineData("K-50", "well-formed", "")]
    [InlineData("K-50", "not an object", """["a",120]""")]
    [InlineData("K-50", "not an object", "null")]
    [InlineData("BOM", "well-formed", "\uFEFF{\"auth_req_id\":\"a\",\"expires_in\":120}")]
    public async Task An_unfit_acknowledgement_is_a_protocol_fault_that_names_the_member(string spec, string named, string body)
    {
        var answer = await _stage.StartAsync(FakeOp.Json(200, body));

        Assert.True(answer is BackchannelAuthenticationResponse.ProtocolFault, spec);
        Assert.Contains(named, ((BackchannelAuthenticationResponse.ProtocolFault)answer).Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[", 40)]
    [InlineData("[", 100_000)]
    [InlineData("{\"a\":", 100_000)]
    public async Task Deep_nesting_is_a_protocol_fault(string open, int depth)
    {
        var body = $$"""{"auth_req_id":"a","expires_in":120,"x":{{string.Concat(Enumerable.Repeat(open, depth))}}""";

        Assert.IsType<BackchannelAuthenticationResponse.ProtocolFault>(await _stage.StartAsync(FakeOp.Json(200, body)));
    }

    [Fact]
    public async Task An_id_longer_than_8_KB_is_a_protocol_fault()
    {
        var body = $$"""{"auth_req_id":"{{new string('a', 8193)}}","expires_in":120}""";

        Assert.IsType<BackchannelAuthenticationResponse.ProtocolFault>(await _stage.StartAsync(FakeOp.Json(200, body)));
    }

    [Theory]
    [InlineData(200, "text/html", "<html>Sign in to the network</html>")]
    [InlineData(200, "text/plain", """{"auth_req_id":"a","expires_in":120}""")]
    [InlineData(201, "application/json", """{"auth_req_id":"a","expires_in":120}""")]
    [InlineData(204, "application/json", "")]
    [InlineData(400, "text/html", "<html>Bad request</html>")]
    [InlineData(400, "application/json", "{}")]
    [InlineData(404, "text/html", "<html>Not found</html>")]
    [InlineData(302, "application/json", """{"auth_req_id":"a","expires_in":120}""")]
    [InlineData(307, "application/json", """{"error":"access_denied"}""")]
    [Trait("Spec", "K-50")]
    public async Task An_answer_of_another_kind_is_a_protocol_fault(int status, string mediaType, string body) =>
        Assert.IsType<BackchannelAuthenticationResponse.ProtocolFault>(await _stage.StartAsync(FakeOp.Answer(status, body, mediaType)));

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task Trouble_at_the_OP_is_unavailable(HttpStatusCode status) =>
        Assert.IsType<BackchannelAuthenticationResponse.Unavailable>(await _stage.StartAsync(FakeOp.Answer((int)status, "<html></html>", "text/html")));

    [Theory]
    [InlineData(400, "invalid_request", CibaErrorCode.InvalidRequest)]
    [InlineData(400, "invalid_scope", CibaErrorCode.InvalidScope)]
    [InlineData(400, "expired_login_hint_token", CibaErrorCode.ExpiredLoginHintToken)]
    [InlineData(400, "unknown_user_id", CibaErrorCode.UnknownUserId)]
    [InlineData(400, "unauthorized_client", CibaErrorCode.UnauthorizedClient)]
    [InlineData(400, "missing_user_code", CibaErrorCode.MissingUserCode)]
    [InlineData(400, "invalid_user_code", CibaErrorCode.InvalidUserCode)]
    [InlineData(400, "invalid_binding_message", CibaErrorCode.InvalidBindingMessage)]
    [InlineData(401, "invalid_client", CibaErrorCode.InvalidClient)]
    [InlineData(403, "access_denied", CibaErrorCode.AccessDenied)]
    [InlineData(403, "unknown_user_id", CibaErrorCode.UnknownUserId)]
    [InlineData(200, "unknown_user_id", CibaErrorCode.UnknownUserId)]
    [InlineData(400, "ACCESS_DENIED", CibaErrorCode.Unknown)]
    [InlineData(400, "expired_id_token_hint", CibaErrorCode.ExpiredIdTokenHint)]
    [InlineData(400, "", CibaErrorCode.Unknown)]
    [Trait("Spec", "C-111")]
    [Trait("Spec", "C-113")]
    public async Task An_error_is_decided_by_its_code_whatever_the_status(int status, string code, CibaErrorCode expected)
    {
        var answer = await _stage.StartAsync(FakeOp.Json(status, $$"""{"error":"{{code}}","auth_req_id":"a","expires_in":120}"""));

        Assert.Equal(expected, Assert.IsType<BackchannelAuthenticationResponse.Refused>(answer).Error.Code);
    }

    public void Dispose() => _stage.Dispose();
}
