using System.Net;

namespace SsoCibaMethod.Simulator.Tests;

/// <summary>What a test can have the OP say in a line.</summary>
public sealed class ScriptedAnswerTests : IDisposable
{
    private readonly SimulatorHost _op = new();

    public void Dispose() => _op.Dispose();

    [Fact]
    public async Task A_decision_can_come_later()
    {
        _op.Simulator.ApproveNextFor("alice", TimeSpan.FromSeconds(12));
        var id = await _op.AskedAsync();

        _op.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("authorization_pending", (await _op.PollAsync(id)).Error);
        _op.Clock.Advance(TimeSpan.FromSeconds(1));

        await _op.Simulator.WaitForAsync(request => request.State == CibaSimulatorState.Approved);
        Assert.Null((await _op.PollAsync(id)).Error);
    }

    [Fact]
    public async Task The_next_requests_can_be_declined_and_expire()
    {
        _op.Simulator.DeclineNextFor("alice");
        _op.Simulator.ExpireNextFor("alice");

        Assert.Equal("access_denied", (await _op.PollAsync(await _op.AskedAsync())).Error);
        Assert.Equal("expired_token", (await _op.PollAsync(await _op.AskedAsync())).Error);
    }

    [Fact]
    public async Task The_next_request_can_be_refused()
    {
        _op.Simulator.FailNextRequest("invalid_binding_message");
        _op.Simulator.FailNextRequest("access_denied", 403);

        Assert.Equal("invalid_scope", (await _op.AskAsync(("scope", "profile"))).Error);
        Assert.Equal("invalid_binding_message", (await _op.AskAsync()).Error);
        Assert.Equal(HttpStatusCode.Forbidden, (await _op.AskAsync()).Status);
        Assert.Null((await _op.AskAsync()).Error);
        Assert.Equal(1, _op.Simulator.Acknowledged);
    }

    [Theory]
    [InlineData("invalid_grant", 400, 1)]
    [InlineData("authorization_pending", 428, 0)]
    [InlineData("server_error", 503, 0)]
    public async Task The_next_poll_can_be_answered_with_an_error_and_after_an_end_none_may_come(string error, int status, int afterEnd)
    {
        var id = await _op.AskedAsync();
        _op.Simulator.FailNextPoll(error, status);

        var answer = await _op.PollAsync(id);
        await _op.PollAsync(id);

        Assert.Equal(error, answer.Error);
        Assert.Equal(status, (int)answer.Status);
        Assert.Equal(afterEnd, _op.Simulator.Counters.PollsAfterEnd);
    }

    [Fact]
    public async Task An_answer_can_be_anything_and_late()
    {
        var id = await _op.AskedAsync();
        _op.Simulator.AnswerNextPoll(new(503, "{}") { RetryAfter = TimeSpan.FromSeconds(90), Delay = TimeSpan.FromSeconds(30) });
        var poll = _op.PollAsync(id);
        while (_op.Clock.ActiveTimers == 0)
        {
            await Task.Yield();
        }

        Assert.False(poll.IsCompleted);
        _op.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(TimeSpan.FromSeconds(90), (await poll).Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task An_acknowledgement_can_be_late()
    {
        _op.Simulator.Options.AcknowledgementDelay = TimeSpan.FromSeconds(6);
        var asking = _op.AskAsync();
        while (_op.Clock.ActiveTimers == 0)
        {
            await Task.Yield();
        }

        Assert.False(asking.IsCompleted);
        _op.Clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(120, (await asking).Number("expires_in"));
    }
}
