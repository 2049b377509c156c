using SsoCibaMethod.Messages;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Tests.Polling;

public class PollerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    [Trait("Spec", "C-70")]
    public async Task Our_own_deadline_expires_a_login_though_the_OP_says_pending_for_ever()
    {
        await using var bench = new PollerBench();
        var polls = 0;
        var method = bench.Method("Ciba", _ =>
        {
            polls++;
            return Task.FromResult(PollerBench.Error("authorization_pending"));
        });
        var login = await bench.WaitAsync(method, "id", expiresIn: 20);

        for (var i = 0; i < 60; i++)
        {
            await bench.AdvanceAsync(Second);
        }

        Assert.Equal(PendingLoginState.Expired, await bench.StateAsync(login));
        Assert.Equal(3, polls);
    }

    [Fact]
    public async Task A_poll_that_a_ping_made_earlier_does_not_leave_again_at_its_first_time()
    {
        await using var bench = new PollerBench();
        var times = new List<TimeSpan>();
        var method = bench.Method("Ciba", _ =>
        {
            times.Add(bench.Poller.Clock);
            return Task.FromResult(PollerBench.Error("authorization_pending"));
        });
        var login = await bench.WaitAsync(method, "id");
        await bench.AdvanceAsync(2 * Second);

        Assert.True(bench.Poller.Ping(login.Id));
        await bench.SettleAsync();
        for (var i = 2; i < 12; i++)
        {
            await bench.AdvanceAsync(Second);
        }

        Assert.Equal([2, 7, 12], times.Select(time => (time - bench.StartedAt).TotalSeconds));
    }

    [Fact]
    public async Task A_host_that_is_disposed_of_while_it_stops_still_stops_the_poller()
    {
        await using var bench = new PollerBench();
        var asked = new TaskCompletionSource();
        var method = bench.Method("Ciba", _ =>
        {
            asked.SetResult();
            return new TaskCompletionSource<HttpResponseMessage>().Task;
        });
        _ = await bench.WaitAsync(method, "id");
        bench.Clock.Advance(5 * Second);
        await asked.Task;

        bench.Poller.Dispose();
        await bench.Poller.StopAsync();

        await PollerBench.UntilAsync(() => bench.Poller.IsAtRest());
    }

    [Theory]
    [Trait("Spec", "U-34")]
    [InlineData("invalid_grant", PendingLoginState.Declined, MessageKeys.LoginCancel)]
    [InlineData("access_denied", PendingLoginState.Declined, MessageKeys.LoginCancel)]
    [InlineData("expired_token", PendingLoginState.Expired, MessageKeys.LoginExpired)]
    [InlineData("invalid_request", PendingLoginState.Failed, MessageKeys.LoginFailed)]
    [InlineData("unauthorized_client", PendingLoginState.Failed, MessageKeys.LoginFailed)]
    [InlineData("invalid_client", PendingLoginState.Failed, MessageKeys.LoginFailed)]
    [InlineData("something_new", PendingLoginState.Failed, MessageKeys.LoginFailed)]
    public async Task The_token_endpoints_errors_end_a_login_as_the_table_says(string code, PendingLoginState state, string messageKey)
    {
        await using var bench = new PollerBench();
        var method = bench.Method("Ciba", _ => Task.FromResult(PollerBench.Error(code)));
        var login = await bench.WaitAsync(method, "id");

        await bench.AdvanceAsync(5 * Second);

        var ended = await bench.Logins.FindAsync(login.Id, default);
        Assert.Equal((state, messageKey), (ended!.State, ended.Details.MessageKey));
    }

    [Fact]
    [Trait("Spec", "C-69")]
    public async Task An_invalid_grant_after_a_lost_answer_is_LOGIN_LOST_one_interval_later()
    {
        await using var bench = new PollerBench();
        var polls = 0;
        var method = bench.Method("Ciba", _ => polls++ == 0 ? throw new IOException() : Task.FromResult(PollerBench.Error("invalid_grant")));
        var login = await bench.WaitAsync(method, "id");

        await bench.AdvanceAsync(5 * Second);
        await bench.AdvanceAsync(5 * Second);
        Assert.Equal(PendingLoginState.Waiting, await bench.StateAsync(login));
        await bench.AdvanceAsync(5 * Second);

        var ended = await bench.Logins.FindAsync(login.Id, default);
        Assert.Equal((PendingLoginState.Failed, MessageKeys.LoginLost, 2), (ended!.State, ended.Details.MessageKey, polls));
    }

    [Fact]
    [Trait("Spec", "U-34")]
    public async Task An_invalid_grant_after_a_lost_answer_and_a_pending_one_is_a_decline()
    {
        await using var bench = new PollerBench();
        var polls = 0;
        var method = bench.Method("Ciba", _ => polls++ switch
        {
            0 => throw new IOException(),
            1 => Task.FromResult(PollerBench.Error("authorization_pending")),
            _ => Task.FromResult(PollerBench.Error("invalid_grant")),
        });
        var login = await bench.WaitAsync(method, "id");

        for (var i = 0; i < 3; i++)
        {
            await bench.AdvanceAsync(5 * Second);
        }

        Assert.Equal(PendingLoginState.Declined, await bench.StateAsync(login));
    }

    [Fact]
    [Trait("Spec", "C-61")]
    public async Task A_slow_connection_is_not_a_held_poll()
    {
        await using var bench = new PollerBench();
        var times = new List<TimeSpan>();
        var method = bench.Method("Ciba", _ =>
        {
            times.Add(bench.Poller.Clock);
            return Task.FromResult(PollerBench.Error("authorization_pending"));
        });
        bench.ConnectingTakes = 7 * Second;
        _ = await bench.WaitAsync(method, "id", interval: 5);

        bench.Clock.Advance(5 * Second);
        await PollerBench.UntilAsync(() => bench.Connecting);
        bench.ConnectingTakes = TimeSpan.Zero;
        await bench.AdvanceAsync(7 * Second);
        for (var i = 0; i < 6; i++)
        {
            await bench.AdvanceAsync(Second);
        }

        Assert.Equal([12, 17], times.Select(time => (time - bench.StartedAt).TotalSeconds));
    }

    [Fact]
    public async Task A_minute_without_the_OP_costs_no_login()
    {
        await using var bench = new PollerBench();
        var outageEnds = bench.Poller.Clock + TimeSpan.FromSeconds(70);
        var method = bench.Method("Ciba", _ => bench.Poller.Clock < outageEnds
            ? throw new HttpRequestException(HttpRequestError.ConnectionError)
            : Task.FromResult(PollerBench.Error("access_denied")));
        var login = await bench.WaitAsync(method, "id");

        for (var i = 0; i < 110; i++)
        {
            await bench.AdvanceAsync(Second);
        }

        Assert.Equal(PendingLoginState.Declined, await bench.StateAsync(login));
    }

    [Fact]
    public async Task What_a_dead_node_left_waiting_is_taken_over_and_what_it_was_starting_has_failed()
    {
        await using var bench = new PollerBench();
        _ = await bench.Store.HeartbeatAsync("dead", 9 * Second, isNew: true, default);
        _ = await bench.Store.HeartbeatAsync("alive", 9 * Second, isNew: true, default);
        var method = bench.Method("Ciba", _ => Task.FromResult(PollerBench.Error("authorization_pending")));
        var login = await bench.WaitAsync(method, "id");
        _ = await bench.Logins.ChangeAsync("id", current => current with { Owner = "dead", Version = current.Version + 1 }, default);
        Assert.Empty(await bench.Store.ClaimAsync("alive", 10, default));

        bench.Clock.Advance(8 * Second);
        _ = await bench.Store.HeartbeatAsync("alive", 9 * Second, isNew: false, default);
        bench.Clock.Advance(Second);

        var claimed = Assert.Single(await bench.Store.ClaimAsync("alive", 10, default));
        Assert.Equal((login.Id, "alive"), (claimed.Id, claimed.Owner));
        Assert.False(await bench.Store.HeartbeatAsync("dead", 9 * Second, isNew: false, default));
    }
}
