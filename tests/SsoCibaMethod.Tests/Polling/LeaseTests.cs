using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Methods;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Polling;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Polling;

/// <summary>A login is polled by the node that owns it, and by no other at the same time.</summary>
[Trait("Spec", "C-63")]
public class LeaseTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_login_started_before_the_lease_was_lost_is_left_to_whoever_takes_it_over()
    {
        await using var bench = new PollerBench();
        var polls = 0;
        var method = bench.Method("Ciba", _ =>
        {
            polls++;
            return Task.FromResult(PollerBench.Error("authorization_pending"));
        });

        // The record names the node as it was called when it began.
        bench.WhileAsked = () => bench.Poller.Rejoin();
        var login = await bench.WaitAsync(method, "id");
        await bench.AdvanceAsync(10 * Second);

        Assert.Equal((0, 0), (polls, bench.Poller.Count));
        Assert.Equal(PendingLoginState.Waiting, await bench.StateAsync(login));
    }

    [Fact]
    public async Task A_renewal_that_took_longer_than_the_lease_breaks_off_what_is_under_way_and_sends_nothing_more()
    {
        await using var bench = new PollerBench();
        var silence = new TaskCompletionSource<HttpResponseMessage>();
        var polls = 0;
        var method = bench.Method("Ciba", _ =>
        {
            polls++;
            return silence.Task;
        });
        _ = await bench.WaitAsync(method, "id");
        bench.Clock.Advance(5 * Second);
        await UntilAsync(() => polls == 1 && bench.Poller.IsAtRest(1));

        bench.Poller.Lease(bench.Poller.Clock - Second);
        await bench.AdvanceAsync(60 * Second);

        Assert.Equal(1, polls);
    }

    // A frozen node's poll may have left only now: how long the OP has had it, nobody knows.
    [Fact]
    [Trait("Spec", "C-61")]
    public async Task A_poll_that_the_end_of_the_lease_broke_off_is_followed_by_a_full_interval_where_the_lease_is_renewed()
    {
        await using var bench = new PollerBench();
        var silence = new TaskCompletionSource<HttpResponseMessage>();
        var polls = 0;
        var method = bench.Method("Ciba", _ =>
        {
            return polls++ == 0 ? silence.Task : Task.FromResult(PollerBench.Error("authorization_pending"));
        });
        _ = await bench.WaitAsync(method, "id");
        bench.Clock.Advance(5 * Second);
        await UntilAsync(() => polls == 1 && bench.Poller.IsAtRest(1));
        bench.Poller.Lease(bench.Poller.Clock + (7 * Second));
        bench.Clock.Advance(7 * Second);
        await UntilAsync(() => bench.Poller.IsAtRest());
        bench.Poller.Lease(bench.Poller.Clock + (60 * Second));

        await bench.AdvanceAsync(4.9 * Second);
        Assert.Equal(1, polls);

        bench.Clock.Advance(0.2 * Second);
        await UntilAsync(() => polls == 2);
    }

    // It could reach the OP when the next owner counts already.
    [Theory]
    [InlineData(0.9, 0)]
    [InlineData(1.1, 1)]
    public async Task Nothing_is_sent_in_the_last_second_of_the_lease(double left, int expected)
    {
        await using var bench = new PollerBench();
        var polls = 0;
        var method = bench.Method("Ciba", _ =>
        {
            polls++;
            return Task.FromResult(PollerBench.Error("authorization_pending"));
        });
        _ = await bench.WaitAsync(method, "id");
        bench.Poller.Lease(bench.Poller.Clock + ((5 + left) * Second));

        await bench.AdvanceAsync(5 * Second);

        Assert.Equal(expected, polls);
    }

    // The clock of the tests takes any wait; the system's does not.
    [Fact]
    public void Nor_is_it_a_surprise()
    {
        using var services = new ServiceCollection().BuildServiceProvider();
        using var poller = new LoginPoller(logins: null!, new IdTokenChecks(services.GetRequiredService<IServiceScopeFactory>()), new OpHealths(TimeProvider.System, Reports.Logger(new CapturedLog())), Reports.On(TimeProvider.System), TimeProvider.System, Reports.Logger(new CapturedLog()));

        poller.Lease(poller.Clock - Second);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }
}
