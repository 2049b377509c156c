namespace SsoCibaMethod.Client.Tests;

/// <summary>The whole of it in one call, in poll mode.</summary>
public sealed class AuthenticateTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Waiting _waiting = new();

    [Fact]
    [Trait("Spec", "C-65")]
    [Trait("Spec", "K-4")]
    public async Task An_approval_gives_tokens_and_claims_that_were_validated()
    {
        _waiting.Answers(() => Waiting.Error("authorization_pending"), () => Waiting.Tokens(new TestToken().With("name", "John")));

        await _waiting.BeginAsync();
        await _waiting.PollAfterAsync(Interval);
        var approved = Assert.IsType<CibaAuthenticationResult.Approved>(await _waiting.EndAfterAsync(Interval));

        Assert.Equal((FakeOp.Issuer, TestToken.Subject, TestToken.AccessToken), (approved.Issuer, approved.Subject, approved.Tokens.AccessToken));
        Assert.Equal("John", (string?)approved.Claims["name"]);
    }

    [Fact]
    public async Task Progress_tells_the_binding_message_the_deadline_and_each_poll()
    {
        _waiting.Answers(() => Waiting.Error("authorization_pending"), () => Waiting.Error("slow_down"), () => FakeOp.Json(503, "{}"));

        await _waiting.BeginAsync();
        await _waiting.PollAfterAsync(Interval);
        await _waiting.PollAfterAsync(Interval);
        await _waiting.PollAfterAsync(2 * Interval);

        var acknowledged = Assert.IsType<CibaProgress.Acknowledged>(_waiting.Progress.Seen[0]);
        Assert.Equal(("W4SCT", TestToken.Now.AddSeconds(600)), (acknowledged.BindingMessage, acknowledged.Deadline));
        Assert.IsType<CibaProgress.Polled>(_waiting.Progress.Seen[1]);
        Assert.Equal(2 * Interval, Assert.IsType<CibaProgress.SlowedDown>(_waiting.Progress.Seen[2]).Interval);
        Assert.Contains("503", Assert.IsType<CibaProgress.Trouble>(_waiting.Progress.Seen[3]).Cause, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "C-62")]
    [Trait("Spec", "K-16")]
    public async Task Slow_down_lengthens_the_interval_for_good_also_in_the_handle()
    {
        _waiting.Answers(() => Waiting.Error("slow_down"), () => Waiting.Error("authorization_pending"));

        await _waiting.BeginAsync();
        await _waiting.PollAfterAsync(Interval);
        await _waiting.PollAfterAsync(2 * Interval);
        await _waiting.PollAfterAsync(2 * Interval);

        Assert.Equal(2 * Interval, PendingAuthentication.Parse(_waiting.Pending.Serialize()).Interval);
    }

    [Fact]
    [Trait("Spec", "C-66")]
    public async Task An_OP_in_trouble_is_asked_again_when_it_says()
    {
        var busy = FakeOp.Json(503, "{}");
        busy.Headers.RetryAfter = new(TimeSpan.FromSeconds(20));
        _waiting.Answers(() => busy, () => Waiting.Tokens());

        await _waiting.BeginAsync();
        await _waiting.PollAfterAsync(Interval);

        Assert.IsType<CibaAuthenticationResult.Approved>(await _waiting.EndAfterAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task An_OP_that_never_gives_a_usable_answer_is_given_up()
    {
        using var waiting = new Waiting(polling: new PollSettings { MaximumConsecutiveFailures = 2 });
        waiting.Answers(() => FakeOp.Json(502, ""));

        await waiting.BeginAsync();
        await waiting.PollAfterAsync(Interval);

        Assert.Contains("502", Assert.IsType<CibaAuthenticationResult.Unavailable>(await waiting.EndAfterAsync(Interval)).Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("access_denied", typeof(CibaAuthenticationResult.Declined))]
    [InlineData("invalid_grant", typeof(CibaAuthenticationResult.Declined))]
    [InlineData("expired_token", typeof(CibaAuthenticationResult.Expired))]
    [InlineData("invalid_request", typeof(CibaAuthenticationResult.Refused))]
    [InlineData("unauthorized_client", typeof(CibaAuthenticationResult.Refused))]
    [InlineData("invalid_client", typeof(CibaAuthenticationResult.Refused))]
    [InlineData("transaction_failed", typeof(CibaAuthenticationResult.Refused))]
    [InlineData("something_new", typeof(CibaAuthenticationResult.Refused))]
    [Trait("Spec", "C-67")]
    [Trait("Spec", "U-34")]
    [Trait("Spec", "K-25")]
    [Trait("Spec", "K-26")]
    [Trait("Spec", "K-27")]
    public async Task Any_other_error_of_a_poll_is_the_end(string code, Type expected)
    {
        _waiting.Answers(() => Waiting.Error(code));

        await _waiting.BeginAsync();

        Assert.IsType(expected, await _waiting.EndAfterAsync(Interval));
        Assert.Equal(1, _waiting.Polls);
    }

    [Fact]
    [Trait("Spec", "C-69")]
    public async Task Invalid_grant_after_an_answer_that_was_lost_is_a_loss_and_no_denial()
    {
        _waiting.Answers(() => throw new IOException("broken off"), () => Waiting.Error("invalid_grant"));

        await _waiting.BeginAsync();
        await _waiting.PollAfterAsync(Interval);

        Assert.Contains("lost", Assert.IsType<CibaAuthenticationResult.Failed>(await _waiting.EndAfterAsync(Interval)).Cause, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "C-69")]
    public async Task Invalid_grant_is_a_denial_where_a_later_poll_was_answered()
    {
        _waiting.Answers(() => throw new IOException("broken off"), () => Waiting.Error("authorization_pending"), () => Waiting.Error("invalid_grant"));

        await _waiting.BeginAsync();
        await _waiting.PollAfterAsync(Interval);
        await _waiting.PollAfterAsync(Interval);

        Assert.IsType<CibaAuthenticationResult.Declined>(await _waiting.EndAfterAsync(Interval));
    }

    [Theory]
    [InlineData(400, """{"error":"unknown_user_id"}""", typeof(CibaAuthenticationResult.Refused))]
    [InlineData(400, """{"error":"missing_user_code"}""", typeof(CibaAuthenticationResult.Refused))]
    [InlineData(400, """{"error":"invalid_binding_message"}""", typeof(CibaAuthenticationResult.Refused))]
    [InlineData(403, """{"error":"access_denied"}""", typeof(CibaAuthenticationResult.Declined))]
    [InlineData(200, """{"expires_in":120}""", typeof(CibaAuthenticationResult.Failed))]
    [InlineData(200, """{"auth_req_id":"id"}""", typeof(CibaAuthenticationResult.Failed))]
    [InlineData(500, "{}", typeof(CibaAuthenticationResult.Unavailable))]
    [Trait("Spec", "K-20")]
    [Trait("Spec", "K-21")]
    [Trait("Spec", "K-22")]
    public async Task Without_an_acknowledgement_nothing_is_waited_for(int status, string body, Type expected)
    {
        _waiting.Op.Backchannel = (_, _) => Task.FromResult(FakeOp.Json(status, body));

        Assert.IsType(expected, await _waiting.Client.AuthenticateAsync(_waiting.Request, _waiting.Progress));
        Assert.Equal((0, 0), (_waiting.Polls, _waiting.Progress.Count));
    }

    [Fact]
    [Trait("Spec", "K-6")]
    public async Task A_bad_id_token_is_the_end_and_nobody_is_called_any_more()
    {
        _waiting.Answers(() => Waiting.Tokens(new TestToken().With("aud", "another")));

        await _waiting.BeginAsync();
        var failed = Assert.IsType<CibaAuthenticationResult.Failed>(await _waiting.EndAfterAsync(Interval));

        Assert.Contains(nameof(IdTokenFault.WrongAudience), failed.Cause, StringComparison.Ordinal);
        Assert.Equal((1, 1), (_waiting.Polls, _waiting.Op.Count("/oidc/bc-authorize")));
    }

    [Fact]
    public async Task A_token_answer_that_breaks_a_rule_is_the_end()
    {
        _waiting.Answers(() => FakeOp.Json(200, """{"access_token":"at","token_type":"Bearer"}"""));

        await _waiting.BeginAsync();

        Assert.Contains("id_token", Assert.IsType<CibaAuthenticationResult.Failed>(await _waiting.EndAfterAsync(Interval)).Cause, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "T-5")]
    public async Task Keys_that_cannot_be_had_for_a_moment_do_not_undo_an_approval()
    {
        _waiting.Answers(() => Waiting.Tokens(new TestToken().WithHeader("kid", "rsa-2")));
        await _waiting.BeginAsync();
        _waiting.Op.Keys = (_, _) => Task.FromResult(FakeOp.Json(503, ""));

        await _waiting.PollAfterAsync(Interval);
        Assert.Contains("503", Assert.IsType<CibaProgress.Trouble>(_waiting.Progress.Seen[^1]).Cause, StringComparison.Ordinal);
        _waiting.Op.Keys = (_, _) => Task.FromResult(FakeOp.Json(200, TestKeys.Set(TestKeys.Jwk(TestKeys.Rsa, "rsa-2"))));
        _waiting.Time.Advance(Interval);

        // Keys are fetched because of a token at most once in 30 seconds.
        await Stage.Until(() => _waiting.Time.ActiveTimers == 1);
        _waiting.Time.Advance(TimeSpan.FromSeconds(25));

        Assert.IsType<CibaAuthenticationResult.Approved>(await _waiting.EndAsync());
        Assert.Equal(1, _waiting.Polls);
    }

    [Fact]
    [Trait("Spec", "S-52")]
    public async Task What_the_OP_says_of_the_user_is_taken_out_of_the_error()
    {
        _waiting.Answers(() => FakeOp.Json(400, """{"error":"access_denied","error_description":"johndoe said no"}"""));

        await _waiting.BeginAsync();

        Assert.Equal("*** said no", Assert.IsType<CibaAuthenticationResult.Declined>(await _waiting.EndAfterAsync(Interval)).Error.Description);
    }

    public void Dispose() => _waiting.Dispose();
}
