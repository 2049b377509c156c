namespace SsoCibaMethod.Client.Tests;

/// <summary>A wait ends at its deadline by itself, and earlier only by an outcome or by whoever cancels it.</summary>
public sealed class DeadlineTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Waiting _waiting = new();

    public DeadlineTests() => Acknowledge(12);

    [Fact]
    [Trait("Spec", "C-70")]
    public async Task Where_nobody_decides_it_expires_at_the_deadline_and_no_poll_leaves_then()
    {
        await _waiting.BeginAsync();
        await _waiting.PollAfterAsync(Interval);
        await _waiting.PollAfterAsync(Interval);

        Assert.IsType<CibaAuthenticationResult.Expired>(await _waiting.EndAfterAsync(TimeSpan.FromSeconds(2)));
        Assert.Equal(2, _waiting.Polls);
    }

    [Fact]
    [Trait("Spec", "C-55")]
    public async Task The_clients_own_longest_lifetime_ends_it_too()
    {
        using var waiting = new Waiting(polling: new PollSettings { MaximumLifetime = TimeSpan.FromSeconds(8) });

        await waiting.BeginAsync();
        await waiting.PollAfterAsync(Interval);

        Assert.IsType<CibaAuthenticationResult.Expired>(await waiting.EndAfterAsync(TimeSpan.FromSeconds(3)));
    }

    [Fact]
    [Trait("Spec", "C-64")]
    public async Task A_poll_that_the_OP_holds_is_broken_off_at_the_deadline()
    {
        HoldPolls();

        await _waiting.BeginAsync();
        _waiting.Time.Advance(Interval);
        await Stage.Until(() => _waiting.Polls == 1);
        _waiting.Time.Advance(TimeSpan.FromSeconds(7));

        Assert.IsType<CibaAuthenticationResult.Expired>(await _waiting.EndAsync());
    }

    [Fact]
    public async Task Cancelling_ends_a_pause_at_once()
    {
        await _waiting.BeginAsync();
        _waiting.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(_waiting.EndAsync);
        Assert.Equal(0, _waiting.Polls);
    }

    [Fact]
    public async Task Cancelling_breaks_off_a_poll()
    {
        HoldPolls();

        await _waiting.BeginAsync();
        _waiting.Time.Advance(Interval);
        await Stage.Until(() => _waiting.Polls == 1);
        _waiting.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(_waiting.EndAsync);
    }

    [Fact]
    [Trait("Spec", "C-69")]
    public async Task After_a_poll_that_was_broken_off_invalid_grant_is_a_loss()
    {
        HoldPolls();
        await _waiting.BeginAsync();
        _waiting.Time.Advance(Interval);
        await Stage.Until(() => _waiting.Polls == 1);
        _waiting.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(_waiting.EndAsync);
        _waiting.Answers(() => Waiting.Error("invalid_grant"));

        var again = _waiting.Client.WaitAsync(_waiting.Pending);
        await Stage.Until(() => _waiting.Time.ActiveTimers == 1);
        _waiting.Time.Advance(Interval);

        Assert.IsType<CibaAuthenticationResult.Failed>(await again);
    }

    [Fact]
    [Trait("Spec", "C-63")]
    public async Task One_handle_is_waited_for_once_at_a_time()
    {
        await _waiting.BeginAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => _waiting.Client.WaitAsync(_waiting.Pending));
        Assert.IsType<CibaAuthenticationResult.Expired>(await ToTheEndAsync());
        Assert.IsType<CibaAuthenticationResult.Expired>(await _waiting.Client.WaitAsync(_waiting.Pending));
    }

    public void Dispose() => _waiting.Dispose();

    private async Task<CibaAuthenticationResult> ToTheEndAsync()
    {
        await _waiting.PollAfterAsync(Interval);
        await _waiting.PollAfterAsync(Interval);
        return await _waiting.EndAfterAsync(TimeSpan.FromSeconds(2));
    }

    private void Acknowledge(int expiresIn) =>
        _waiting.Op.Backchannel = (_, _) => Task.FromResult(FakeOp.Json(200, $$"""{"auth_req_id":"{{TestToken.AuthReqId}}","expires_in":{{expiresIn}},"interval":5}"""));

    private void HoldPolls() => _waiting.Op.Token = async (_, cancellationToken) =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, _waiting.Time, cancellationToken);
        return Waiting.Tokens();
    };
}
