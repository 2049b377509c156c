namespace SsoCibaMethod.Client.Tests;

/// <summary>Only the OP's time counts as its holding of a poll, never our own absence.</summary>
[Trait("Spec", "C-61")]
[Trait("Spec", "K-7")]
public sealed class StallTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Stage _stage = new();
    private readonly TaskCompletionSource<HttpResponseMessage> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task What_the_OP_held_counts_whole_and_the_next_poll_may_follow_at_once()
    {
        var poll = await AskAsync();
        _stage.Time.Advance(TimeSpan.FromSeconds(25));

        var pending = await AnswerAsync(poll);

        Assert.Equal(TimeSpan.FromSeconds(25), pending.HeldFor);
        Assert.Equal(TimeSpan.Zero, NextPollIn(pending));
    }

    // Frozen, the process reads the answer when it thaws, before or after its timers run: all the same.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_that_a_stalled_process_read_late_was_not_held_and_is_followed_by_a_full_interval(bool timersFirst)
    {
        var poll = await AskAsync();
        _stage.Time.Stall(TimeSpan.FromSeconds(6));
        if (timersFirst)
        {
            _stage.Time.Advance(TimeSpan.Zero);
        }

        var pending = await AnswerAsync(poll);

        Assert.True(pending.HeldFor < TimeSpan.FromSeconds(0.5));
        Assert.Equal(Interval, NextPollIn(pending));
    }

    [Fact]
    public async Task A_request_that_leaves_late_since_the_process_stalled_was_not_held_either()
    {
        var poll = await AskAsync();
        _stage.Time.Stall(TimeSpan.FromSeconds(4.9));
        _stage.Time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal(Interval, NextPollIn(await AnswerAsync(poll)));
    }

    [Fact]
    public async Task A_stall_takes_nothing_from_what_the_OP_held_beside_it()
    {
        var poll = await AskAsync();
        _stage.Time.Advance(TimeSpan.FromSeconds(10));
        _stage.Time.Stall(TimeSpan.FromSeconds(6));
        _stage.Time.Advance(TimeSpan.FromSeconds(10));

        var pending = await AnswerAsync(poll);

        Assert.Equal(TimeSpan.FromSeconds(20), pending.HeldFor);
        Assert.Equal(TimeSpan.Zero, NextPollIn(pending));
    }

    [Fact]
    public async Task A_stall_before_a_poll_is_not_taken_from_it_and_nothing_is_watched_between_polls()
    {
        _answer.SetResult(FakeOp.Json(400, """{"error":"authorization_pending"}"""));
        _ = await (await AskAsync());
        Assert.Equal(0, _stage.Time.ActiveTimers);
        _stage.Time.Stall(TimeSpan.FromSeconds(6));
        _stage.Op.Token = async (_, cancellationToken) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(8), _stage.Time, cancellationToken);
            return FakeOp.Json(400, """{"error":"authorization_pending"}""");
        };

        var poll = _stage.Client.PollAsync("a");
        await Stage.Until(() => _stage.Time.IsDueIn(TimeSpan.FromSeconds(8)));
        _stage.Time.Advance(TimeSpan.FromSeconds(8));

        Assert.Equal(TimeSpan.FromSeconds(8), (await poll).HeldFor);
    }

    public void Dispose() => _stage.Dispose();

    private async Task<Task<TokenResponse>> AskAsync()
    {
        _stage.Op.Token = (_, _) => _answer.Task;
        var before = _stage.Op.Count("/oidc/token");
        var poll = _stage.Client.PollAsync("a");
        await Stage.Until(() => _stage.Op.Count("/oidc/token") > before);
        return poll;
    }

    private async Task<TokenResponse.Pending> AnswerAsync(Task<TokenResponse> poll)
    {
        _answer.SetResult(FakeOp.Json(400, """{"error":"authorization_pending"}"""));
        return Assert.IsType<TokenResponse.Pending>(await poll);
    }

    private static TimeSpan NextPollIn(TokenResponse.Pending pending)
    {
        var now = TimeSpan.FromSeconds(100);
        var schedule = PollSchedule.Resume(TimeSpan.Zero, Interval, TimeSpan.FromSeconds(600), new PollSettings());
        return schedule.AfterPending(now - pending.HeldFor, now).NextPoll - now;
    }
}
