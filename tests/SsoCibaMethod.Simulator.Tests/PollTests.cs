using System.Net;

namespace SsoCibaMethod.Simulator.Tests;

public sealed class PollTests : IDisposable
{
    private readonly SimulatorHost _op = new(options => options.Clients.Add(new("bank") { Secret = "other", AuthenticationMethod = "client_secret_post" }));

    public void Dispose() => _op.Dispose();

    [Fact]
    [Trait("Spec", "C-65")]
    public async Task The_first_poll_may_come_at_once()
    {
        var answer = await _op.PollAsync(await _op.AskedAsync());

        Assert.Equal("authorization_pending", answer.Error);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    [Trait("Spec", "C-61")]
    public async Task A_poll_after_the_interval_is_in_time_to_the_tick()
    {
        var id = await _op.AskedAsync();
        await _op.PollAsync(id);
        _op.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("authorization_pending", (await _op.PollAsync(id)).Error);
        Assert.Equal(new CibaSimulatorCounters(2, 0, 0, 0), _op.Simulator.Counters);
    }

    [Fact]
    [Trait("Spec", "C-62")]
    public async Task An_early_poll_makes_the_interval_longer_for_good()
    {
        var id = await _op.AskedAsync();
        await _op.PollAsync(id);
        _op.Clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));

        Assert.Equal("slow_down", (await _op.PollAsync(id)).Error);
        _op.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal("slow_down", (await _op.PollAsync(id)).Error);
        _op.Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal("authorization_pending", (await _op.PollAsync(id)).Error);
        Assert.Equal(2, _op.Simulator.Counters.EarlyPolls);
    }

    [Fact]
    [Trait("Spec", "C-62")]
    public async Task An_early_poll_of_an_approved_request_is_counted_and_answered()
    {
        var id = await _op.AskedAsync();
        await _op.PollAsync(id);
        _op.Simulator.Approve(id);

        // slow_down says that the request is still pending, which it is not.
        Assert.Null((await _op.PollAsync(id)).Error);
        Assert.Equal(1, _op.Simulator.Counters.EarlyPolls);
    }

    [Fact]
    [Trait("Spec", "C-62")]
    public async Task The_next_polls_can_be_slowed_down()
    {
        _op.Simulator.Options.SlowDownNextPolls = 1;
        var id = await _op.AskedAsync();

        Assert.Equal("slow_down", (await _op.PollAsync(id)).Error);
        _op.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("authorization_pending", (await _op.PollAsync(id)).Error);
        Assert.Equal(0, _op.Simulator.Counters.EarlyPolls);
        Assert.Equal(TimeSpan.FromSeconds(10), _op.Simulator.Requests[0].Interval);
    }

    [Fact]
    [Trait("Spec", "C-69")]
    public async Task Tokens_are_given_once()
    {
        var id = await _op.AskedAsync();
        Assert.True(_op.Simulator.Approve(id));

        Assert.Equal(HttpStatusCode.OK, (await _op.PollAsync(id)).Status);
        Assert.Equal("invalid_grant", (await _op.PollAsync(id)).Error);
        Assert.Equal(1, _op.Simulator.Counters.PollsAfterEnd);
        Assert.Equal(CibaSimulatorState.Redeemed, _op.Simulator.Requests[0].State);
    }

    [Fact]
    [Trait("Spec", "C-67")]
    public async Task A_declined_request_is_denied()
    {
        var id = await _op.AskedAsync();
        Assert.True(_op.Simulator.Decline(id));
        Assert.False(_op.Simulator.Approve(id));

        var answer = await _op.PollAsync(id);

        Assert.Equal("access_denied", answer.Error);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Theory]
    [Trait("Spec", "C-67")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_expires_even_if_it_was_approved(bool approved)
    {
        var id = await _op.AskedAsync();
        _op.Clock.Advance(TimeSpan.FromSeconds(120) - TimeSpan.FromTicks(1));
        Assert.Equal(approved, approved && _op.Simulator.Approve(id));
        _op.Clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal("expired_token", (await _op.PollAsync(id)).Error);
        Assert.False(_op.Simulator.Approve(id));
    }

    [Fact]
    [Trait("Spec", "C-67")]
    public async Task A_request_can_be_made_to_expire()
    {
        var id = await _op.AskedAsync();
        Assert.True(_op.Simulator.Expire(id));

        Assert.Equal("expired_token", (await _op.PollAsync(id)).Error);
    }

    [Fact]
    [Trait("Spec", "C-67")]
    public async Task An_id_belongs_to_the_client_it_was_given_to()
    {
        var id = await _op.AskedAsync();

        Assert.Equal("invalid_grant", (await _op.PollAsync(id, ("client_id", "bank"), ("client_secret", "other"))).Error);
        Assert.Equal("invalid_grant", (await _op.PollAsync("made-up")).Error);
        Assert.Equal(0, _op.Simulator.Counters.Polls);
    }

    [Theory]
    [Trait("Spec", "C-60")]
    [InlineData("grant_type", null, "invalid_request")]
    [InlineData("grant_type", "password", "unsupported_grant_type")]
    [InlineData("auth_req_id", null, "invalid_request")]
    public async Task A_poll_has_its_two_parameters(string parameter, string? value, string error) =>
        Assert.Equal(error, (await _op.PollAsync("some-id", (parameter, value))).Error);

    [Fact]
    [Trait("Spec", "C-63")]
    [Trait("Spec", "C-64")]
    public async Task A_held_poll_is_answered_on_the_decision_and_one_beside_it_counts_as_overlapping()
    {
        _op.Simulator.Options.LongPolling = TimeSpan.FromSeconds(25);
        var id = await _op.AskedAsync();
        var held = _op.PollAsync(id);
        await _op.Simulator.WaitForAsync(request => request.Counters.Polls == 1);

        Assert.Equal("slow_down", (await _op.PollAsync(id)).Error);
        Assert.False(held.IsCompleted);
        Assert.True(_op.Simulator.Approve(id));
        Assert.True((await held).Has("id_token"));
        Assert.Equal(new CibaSimulatorCounters(2, 1, 1, 0), _op.Simulator.Counters);
    }

    [Fact]
    [Trait("Spec", "C-64")]
    public async Task A_held_poll_is_answered_when_its_time_is_up()
    {
        _op.Simulator.Options.LongPolling = TimeSpan.FromSeconds(25);
        var id = await _op.AskedAsync();
        var held = _op.PollAsync(id);
        while (_op.Clock.ActiveTimers == 0)
        {
            await Task.Yield();
        }

        _op.Clock.Advance(TimeSpan.FromSeconds(25));

        Assert.Equal("authorization_pending", (await held).Error);
    }
}
