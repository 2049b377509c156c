using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Client;
using SsoCibaMethod.Messages;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Polling;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Polling;

/// <summary>A store that fails when something is to be written: what the OP said last is not asked for again, since it cannot be had again.</summary>
public class StoreOutageTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    [Trait("Spec", "C-69")]
    public async Task Tokens_that_cannot_be_written_yet_are_kept_and_sign_in()
    {
        var store = new TroubledStore();
        var failures = 0;
        store.OnReplace = record => Fail(record.State == PendingLoginState.Approved && failures++ < 3);
        await using var host = await CibaTestHost.StartAsync(services: store.Register);
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);

        await host.ApproveAsync(browser, waiting);

        Assert.Equal(4, failures);
        Assert.Equal(1, host.Op.Counters.Polls);
        Assert.Equal("/me", (await browser.OpenAsync(waiting.Address.ToString())).Address.PathAndQuery);
    }

    [Theory]
    [Trait("Spec", "C-67")]
    [InlineData("access_denied", PendingLoginState.Declined, MessageKeys.LoginCancel)]
    [InlineData("invalid_grant", PendingLoginState.Declined, MessageKeys.LoginCancel)]
    [InlineData("invalid_request", PendingLoginState.Failed, MessageKeys.LoginFailed)]
    [InlineData("expired_token", PendingLoginState.Expired, MessageKeys.LoginExpired)]
    public async Task After_an_error_that_cannot_be_written_yet_nothing_more_is_sent(string code, PendingLoginState state, string messageKey)
    {
        var store = new TroubledStore();
        await using var bench = new PollerBench(store);
        var polls = 0;
        var method = bench.Method("Ciba", _ =>
        {
            polls++;
            store.OnReplace = _ => Fail(true);
            return Task.FromResult(PollerBench.Error(code));
        });
        var login = await bench.WaitAsync(method, "id");

        await PassAsync(bench, 60);
        Assert.Equal(PendingLoginState.Waiting, await bench.StateAsync(login));
        store.OnReplace = _ => { };
        await PassAsync(bench, 30);

        var ended = await bench.Logins.FindAsync(login.Id, default);
        Assert.Equal((state, messageKey, 1), (ended!.State, ended.Details.MessageKey, polls));
        Assert.Equal(0, bench.Poller.Count);
    }

    [Fact]
    [Trait("Spec", "C-70")]
    public async Task A_login_whose_end_cannot_be_written_is_tried_again_now_and_then_and_not_without_a_pause()
    {
        var store = new TroubledStore();
        await using var bench = new PollerBench(store);
        var method = bench.Method("Ciba", _ => Task.FromResult(PollerBench.Error("authorization_pending")));
        _ = await bench.WaitAsync(method, "id", expiresIn: 20);
        var tries = 0;
        store.OnReplace = _ => Fail(++tries < 1_000);

        await PassAsync(bench, 80);

        Assert.InRange(tries, 2, 10);
        store.OnReplace = _ => { };
        await PassAsync(bench, 30);
        Assert.Equal(0, bench.Poller.Count);
    }

    [Fact]
    [Trait("Spec", "C-69")]
    public async Task Tokens_outlive_a_lost_lease_for_nobody_else_has_them()
    {
        var store = new TroubledStore();
        var isDown = true;
        store.OnReplace = record => Fail(record.State == PendingLoginState.Approved && isDown);
        await using var host = await CibaTestHost.StartAsync(services: store.Register);
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        Assert.True(host.Op.Approve((await host.Op.WaitForRequestAsync("alice")).AuthReqId));
        host.Clock.Advance(5 * Second);
        await host.SettleAsync();

        _ = host.Services.GetRequiredService<LoginPoller>().Rejoin();
        isDown = false;

        Assert.Equal("approved", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));
        Assert.Equal(1, host.Op.Counters.Polls);
    }

    [Fact]
    [Trait("Spec", "C-69")]
    public async Task A_look_that_began_before_the_lease_was_lost_forgets_nothing_of_what_was_taken_over_after_it()
    {
        var store = new TroubledStore();
        await using var bench = new PollerBench(store);
        var method = bench.Method("Ciba", _ => Task.FromResult(PollerBench.Error("access_denied")));
        var login = await bench.WaitAsync(method, "id");
        store.OnRead = record =>
        {
            // What was read is old by now.
            store.OnRead = again => again;
            var taken = login with { Owner = bench.Poller.Rejoin(), Version = login.Version + 1 };
            Assert.True(bench.Logins.TryReplaceAsync(taken, default).IsCompletedSuccessfully);
            bench.Poller.TakeOver(method, taken, PollSchedule.Resume(bench.Poller.Clock, 5 * Second, 300 * Second, method.PollSettings));
            return record;
        };

        await bench.Poller.ReviewAsync(login.Id, default);
        await PassAsync(bench, 10);

        Assert.Equal(PendingLoginState.Declined, await bench.StateAsync(login));
    }

    private static async Task PassAsync(PollerBench bench, int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            await bench.AdvanceAsync(Second);
        }
    }

    private static void Fail(bool fails)
    {
        if (fails)
        {
            throw new IOException("The database is down.");
        }
    }
}
