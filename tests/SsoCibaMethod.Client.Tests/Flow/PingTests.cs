namespace SsoCibaMethod.Client.Tests;

/// <summary>In ping mode the OP's call makes the wait ask at once; a call that was lost loses nothing (CIBA Core §10.2).</summary>
public sealed class PingTests : IDisposable
{
    private const string Ping = $$"""{"auth_req_id":"{{TestToken.AuthReqId}}"}""";

    private readonly Waiting _waiting = new(TokenDeliveryMode.Ping);

    [Fact]
    [Trait("Spec", "C-84")]
    public async Task Without_a_ping_the_OP_is_asked_every_30_seconds()
    {
        await _waiting.BeginAsync();

        await _waiting.PollAfterAsync(TimeSpan.FromSeconds(30));
        await _waiting.PollAfterAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    [Trait("Spec", "C-61")]
    public async Task An_interval_longer_than_that_is_kept()
    {
        Acknowledge(expiresIn: 600, interval: 45);

        await _waiting.BeginAsync();

        await _waiting.PollAfterAsync(TimeSpan.FromSeconds(45));
    }

    [Fact]
    [Trait("Spec", "C-84")]
    public async Task The_OP_is_asked_once_more_before_the_end()
    {
        Acknowledge(expiresIn: 20, interval: 5);
        _waiting.Answers(() => Waiting.Tokens());

        await _waiting.BeginAsync();

        Assert.IsType<CibaAuthenticationResult.Approved>(await _waiting.EndAfterAsync(TimeSpan.FromSeconds(15)));
    }

    [Fact]
    [Trait("Spec", "C-83")]
    [Trait("Spec", "K-15")]
    public async Task A_ping_makes_the_wait_ask_at_once()
    {
        _waiting.Answers(() => Waiting.Tokens());
        await _waiting.BeginAsync();

        Assert.True(_waiting.Notify(Ping));

        Assert.IsType<CibaAuthenticationResult.Approved>(await _waiting.EndAsync());
    }

    [Fact]
    [Trait("Spec", "C-87")]
    public async Task A_ping_that_comes_before_the_acknowledgement_is_not_lost()
    {
        _waiting.Answers(() => Waiting.Tokens());
        var backchannel = _waiting.Op.Backchannel;
        _waiting.Op.Backchannel = (exchange, cancellationToken) =>
        {
            Assert.True(NotifyEarly(Ping, Waiting.NotificationToken));
            return backchannel(exchange, cancellationToken);
        };

        await _waiting.BeginAsync();

        Assert.IsType<CibaAuthenticationResult.Approved>(await _waiting.EndAsync());
    }

    [Fact]
    [Trait("Spec", "C-87")]
    [Trait("Spec", "C-86")]
    public async Task A_call_before_the_acknowledgement_by_a_stranger_or_about_another_request_has_no_effect()
    {
        var backchannel = _waiting.Op.Backchannel;
        _waiting.Op.Backchannel = (exchange, cancellationToken) =>
        {
            Assert.False(NotifyEarly(Ping, BackchannelAuthenticationRequest.CreateNotificationToken()));
            Assert.False(NotifyEarly(Ping, null));
            Assert.True(NotifyEarly("""{"auth_req_id":"another"}""", Waiting.NotificationToken));
            return backchannel(exchange, cancellationToken);
        };

        await _waiting.BeginAsync();

        await _waiting.PollAfterAsync(TimeSpan.FromSeconds(30));
        Assert.False(NotifyEarly("""{"auth_req_id":"another"}""", Waiting.NotificationToken));
        Assert.True(NotifyEarly(Ping, Waiting.NotificationToken));
    }

    [Fact]
    [Trait("Spec", "C-83")]
    public async Task A_ping_after_which_the_OP_has_no_answer_yet_is_followed_by_polls_at_the_interval()
    {
        _waiting.Answers(() => FakeOp.Json(503, ""), () => Waiting.Error("authorization_pending"));
        await _waiting.BeginAsync();

        _waiting.Notify(Ping);
        await _waiting.ParkedAsync(reports: 2);

        await _waiting.PollAfterAsync(TimeSpan.FromSeconds(5));
        await _waiting.PollAfterAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    [Trait("Spec", "C-63")]
    public async Task A_ping_during_a_poll_is_followed_by_another_when_the_interval_allows()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _waiting.Op.Token = (_, _) => _waiting.Polls == 1 ? answer.Task : Task.FromResult(Waiting.Tokens());
        await _waiting.BeginAsync();
        _waiting.Time.Advance(TimeSpan.FromSeconds(30));
        await Stage.Until(() => _waiting.Polls == 1);

        _waiting.Notify(Ping);
        _waiting.Notify(Ping);
        Assert.Equal(1, _waiting.Polls);
        answer.SetResult(Waiting.Error("authorization_pending"));
        await _waiting.ParkedAsync(reports: 2);

        Assert.IsType<CibaAuthenticationResult.Approved>(await _waiting.EndAfterAsync(TimeSpan.FromSeconds(5)));
        Assert.Equal(2, _waiting.Polls);
    }

    [Fact]
    [Trait("Spec", "C-85")]
    public async Task A_ping_that_comes_late_is_taken_and_has_no_effect()
    {
        _waiting.Answers(() => Waiting.Tokens());
        await _waiting.BeginAsync();
        _waiting.Notify(Ping);
        await _waiting.EndAsync();

        Assert.True(_waiting.Notify(Ping));
        Assert.Equal(1, _waiting.Polls);
    }

    [Theory]
    [InlineData("1", Ping)]
    [InlineData("", """{"auth_req_id":"another"}""")]
    [InlineData("", """{"auth_req_id":"465382F0-2375-452C-807E-F326D329ECFE"}""")]
    [InlineData("1", "nonsense")]
    [InlineData(null, Ping)]
    [Trait("Spec", "C-81")]
    [Trait("Spec", "K-37")]
    [Trait("Spec", "K-53")]
    public async Task A_call_with_another_token_or_about_another_request_is_not_taken(string? appended, string body)
    {
        await _waiting.BeginAsync();

        Assert.False(_waiting.Notify(body, appended is null ? null : Waiting.NotificationToken + appended));

        await _waiting.NothingForAsync(TimeSpan.FromSeconds(29));
    }

    [Fact]
    [Trait("Spec", "C-86")]
    public async Task Nonsense_with_the_right_token_has_no_effect()
    {
        await _waiting.BeginAsync();

        Assert.True(_waiting.Notify("{}"));

        await _waiting.NothingForAsync(TimeSpan.FromSeconds(29));
    }

    [Fact]
    [Trait("Spec", "C-61")]
    public async Task A_handle_that_was_read_again_takes_pings_too_but_keeps_the_interval()
    {
        await _waiting.BeginAsync();
        using var second = new Waiting(TokenDeliveryMode.Ping);
        second.Answers(() => Waiting.Tokens());
        var pending = PendingAuthentication.Parse(_waiting.Pending.Serialize());
        await second.ResumeAsync(pending);

        Assert.True(pending.Notify(Waiting.NotificationToken, new CibaNotification.Ping(TestToken.AuthReqId)));
        await second.ParkedAsync(reports: 0);

        Assert.IsType<CibaAuthenticationResult.Approved>(await second.EndAfterAsync(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task A_handle_of_a_client_in_poll_mode_takes_no_call()
    {
        using var waiting = new Waiting();
        await waiting.BeginAsync();

        Assert.False(waiting.Pending.Notify("", new CibaNotification.Ping(TestToken.AuthReqId)));
    }

    public void Dispose() => _waiting.Dispose();

    private bool NotifyEarly(string json, string? token) =>
        _waiting.Request.Notify(token, CibaNotification.Read(System.Text.Encoding.UTF8.GetBytes(json), TokenDeliveryMode.Ping));

    private void Acknowledge(int expiresIn, int interval) => _waiting.Op.Backchannel = (_, _) => Task.FromResult(
        FakeOp.Json(200, $$"""{"auth_req_id":"{{TestToken.AuthReqId}}","expires_in":{{expiresIn}},"interval":{{interval}}}"""));
}
