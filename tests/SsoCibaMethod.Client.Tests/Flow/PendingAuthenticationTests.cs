namespace SsoCibaMethod.Client.Tests;

/// <summary>A handle outlives its process: it is written, read and waited for again.</summary>
public sealed class PendingAuthenticationTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Waiting _first = new();
    private readonly Waiting _second = new();

    [Fact]
    public async Task The_steps_can_be_taken_one_by_one()
    {
        var acknowledged = Assert.IsType<BackchannelAuthenticationResponse.Acknowledged>(await _first.Client.StartAsync(_first.Request));
        _first.Answers(() => Waiting.Tokens());

        await _first.ResumeAsync(PendingAuthentication.Begin(_first.Request, acknowledged));

        Assert.IsType<CibaAuthenticationResult.Approved>(await _first.EndAfterAsync(Interval));
    }

    [Fact]
    public async Task What_is_written_is_read_again()
    {
        var request = new BackchannelAuthenticationRequest
        {
            IdTokenHint = new TestToken().Sign(),
            AcrValues = ["highest", "high"],
            Parameters = new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["max_age"] = 300 },
        };
        var acknowledged = (BackchannelAuthenticationResponse.Acknowledged)await _first.Client.StartAsync(request);
        var written = PendingAuthentication.Begin(request, acknowledged);

        var read = PendingAuthentication.Parse(written.Serialize());

        Assert.Equal(
            (TestToken.AuthReqId, TestToken.Now, TestToken.Now.AddSeconds(600), Interval, TestToken.Subject),
            (read.AuthReqId, read.RequestedAt, read.Deadline, read.Interval, read.Subject));
        Assert.Equal(["highest", "high"], read.AcrValues);
        Assert.Equal(TimeSpan.FromSeconds(300), read.MaxAge);
        Assert.Equal(written.Serialize(), read.Serialize());
    }

    [Fact]
    [Trait("Spec", "C-61")]
    public async Task After_a_restart_the_first_poll_comes_a_whole_interval_later()
    {
        await _first.BeginAsync();
        await _first.PollAfterAsync(Interval);
        _second.Time.Advance(TimeSpan.FromSeconds(9));
        _second.Answers(() => Waiting.Error("authorization_pending"));

        await _second.ResumeAsync(PendingAuthentication.Parse(_first.Pending.Serialize()));

        await _second.PollAfterAsync(Interval);
    }

    [Fact]
    public async Task After_a_restart_the_deadline_is_the_old_one()
    {
        await _first.BeginAsync();
        _second.Time.Advance(TimeSpan.FromSeconds(597));

        await _second.ResumeAsync(PendingAuthentication.Parse(_first.Pending.Serialize()));

        Assert.IsType<CibaAuthenticationResult.Expired>(await _second.EndAfterAsync(TimeSpan.FromSeconds(3)));
        Assert.Equal(0, _second.Polls);
    }

    [Fact]
    public async Task A_handle_that_has_expired_meanwhile_is_not_asked_for()
    {
        await _first.BeginAsync();
        _second.Time.Advance(TimeSpan.FromDays(400));

        Assert.IsType<CibaAuthenticationResult.Expired>(await _second.Client.WaitAsync(PendingAuthentication.Parse(_first.Pending.Serialize())));
        Assert.Equal(0, _second.Polls);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_gives_no_longer_life()
    {
        await _first.BeginAsync();
        var text = _first.Pending.Serialize().Replace("2026-03-02T10:", "2027-03-02T10:", StringComparison.Ordinal);
        using var waiting = new Waiting(polling: new PollSettings { Interval = TimeSpan.FromMinutes(20), MaximumLifetime = TimeSpan.FromHours(1) });

        await waiting.ResumeAsync(PendingAuthentication.Parse(text.Replace("00:00:05", "00:20:00", StringComparison.Ordinal)));

        Assert.IsType<CibaAuthenticationResult.Expired>(await waiting.EndAfterAsync(TimeSpan.FromSeconds(600)));
    }

    [Fact]
    [Trait("Spec", "C-69")]
    public async Task After_a_restart_invalid_grant_may_be_a_loss_and_is_no_denial()
    {
        await _first.BeginAsync();
        _second.Answers(() => Waiting.Error("invalid_grant"));

        await _second.ResumeAsync(PendingAuthentication.Parse(_first.Pending.Serialize()));

        Assert.IsType<CibaAuthenticationResult.Failed>(await _second.EndAfterAsync(Interval));
    }

    [Fact]
    [Trait("Spec", "C-69")]
    public async Task After_a_wait_that_was_stopped_with_the_tokens_in_hand_invalid_grant_is_no_denial()
    {
        // The user approved, and the keys to believe it could not be had.
        await _first.BeginAsync();
        _first.Op.Keys = (_, _) => Task.FromResult(FakeOp.Json(503, ""));
        _first.Answers(() => Waiting.Tokens(new TestToken().WithHeader("kid", "rsa-2")), () => Waiting.Error("invalid_grant"));
        await _first.PollAfterAsync(Interval);
        _first.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _first.Result);

        var again = _first.Client.WaitAsync(_first.Pending);
        await Stage.Until(() => _first.Time.IsDueIn(Interval));
        _first.Time.Advance(Interval);

        Assert.IsType<CibaAuthenticationResult.Failed>(await again);
    }

    [Theory]
    [InlineData("another-client", "https://op.example")]
    [InlineData(TestToken.ClientId, "https://other.example")]
    [Trait("Spec", "S-19")]
    public async Task A_handle_is_shown_to_no_other_OP_and_used_by_no_other_client(string clientId, string issuer)
    {
        await _first.BeginAsync();
        var text = _first.Pending.Serialize()
            .Replace($"\"{TestToken.ClientId}\"", $"\"{clientId}\"", StringComparison.Ordinal)
            .Replace($"\"{FakeOp.Issuer}\"", $"\"{issuer}\"", StringComparison.Ordinal);

        await Assert.ThrowsAsync<ArgumentException>(() => _second.Client.WaitAsync(PendingAuthentication.Parse(text)));
        Assert.Equal(0, _second.Polls);
    }

    [Fact]
    [Trait("Spec", "S-19")]
    public async Task A_handle_is_shown_to_no_other_OP_whose_metadata_comes_later()
    {
        await _first.BeginAsync();
        var text = _first.Pending.Serialize().Replace($"\"{FakeOp.Issuer}\"", "\"https://other.example\"", StringComparison.Ordinal);
        var discovery = _second.Op.Discovery;
        _second.Op.Discovery = (_, _) => Task.FromResult(FakeOp.Json(503, ""));
        await _second.ResumeAsync(PendingAuthentication.Parse(text));

        _second.Op.Discovery = discovery;

        Assert.IsType<CibaAuthenticationResult.Failed>(await _second.EndAfterAsync(Interval));
        Assert.Equal(0, _second.Polls);
    }

    [Theory]
    [InlineData("", "well-formed")]
    [InlineData("null", "not an object")]
    [InlineData("{}", "member type")]
    [InlineData("""{"type":"something-else"}""", "member type")]
    [InlineData("""{"type":"ciba-pending-authentication/2","auth_req_id":"canary"}""", "another version")]
    [InlineData("""{"type":"ciba-pending-authentication/1"}""", "auth_req_id")]
    [InlineData("""{"type":"ciba-pending-authentication/1","auth_req_id":"canary"}""", "requested_at")]
    [InlineData("""{"type":"ciba-pending-authentication/1","auth_req_id":"canary","requested_at":"canary"}""", "requested_at")]
    [InlineData("""{"type":"ciba-pending-authentication/1","auth_req_id":"canary","requested_at":"2026-03-02T10:00:00.0000000+00:00","deadline":1}""", "deadline")]
    [InlineData("""{"type":"ciba-pending-authentication/1","auth_req_id":"canary","requested_at":"2026-03-02T10:00:00.0000000+00:00","deadline":"2026-03-02T10:00:00.0000000+00:00","interval":"-00:00:05"}""", "interval")]
    [InlineData("""{"type":"ciba-pending-authentication/1","auth_req_id":"canary","requested_at":"2026-03-02T10:00:00.0000000+00:00","deadline":"2026-03-02T10:00:00.0000000+00:00","interval":"00:00:05","max_age":"canary"}""", "max_age")]
    [InlineData("""{"type":"ciba-pending-authentication/1","auth_req_id":"canary","requested_at":"2026-03-02T10:00:00.0000000+00:00","deadline":"2026-03-02T10:00:00.0000000+00:00","interval":"00:00:05","notification_token_sha256":"canary"}""", "notification_token_sha256")]
    public void A_text_that_cannot_be_read_is_refused_with_the_reason_and_without_its_content(string text, string reason)
    {
        var refusal = Assert.Throws<FormatException>(() => PendingAuthentication.Parse(text));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_acknowledgement_that_does_not_say_when_it_was_asked_for_begins_nothing() =>
        Assert.Throws<ArgumentException>(() => PendingAuthentication.Begin(_first.Request, new("id", Interval, null)));

    [Fact]
    [Trait("Spec", "S-52")]
    public async Task A_handle_prints_nothing_of_itself()
    {
        await _first.BeginAsync();

        Assert.DoesNotContain(TestToken.AuthReqId, $"{_first.Pending} {_first.Progress.Seen[0]}", StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }
}
