using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Client;
using SsoCibaMethod.Messages;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Polling;
using SsoCibaMethod.Testing;
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_acknowledgement_that_cannot_be_written_yet_is_kept_also_where_only_the_store_s_answer_is_lost(bool isAnswerLost)
    {
        var store = new TroubledStore();
        var failures = 0;
        Action<PendingLoginRecord> fail = record => Fail(record.State == PendingLoginState.Waiting && failures++ < 3);
        (store.OnReplace, store.OnReplaced) = isAnswerLost ? (store.OnReplace, fail) : (fail, store.OnReplaced);
        await using var host = await CibaTestHost.StartAsync(services: store.Register);
        using var browser = host.CreateBrowser();

        var waiting = await BeginAsync(host, browser);
        Assert.Equal("waiting", await host.AdvanceUntilNotAsync(browser, waiting, "sending"));
        await host.ApproveAsync(browser, waiting);

        Assert.True(failures > 0);
        Assert.Equal("/me", (await browser.OpenAsync(waiting.Address.ToString())).Address.PathAndQuery);
        Assert.DoesNotContain(host.Log.Lines, line => line.Id.Name == "LoginSurprise");
    }

    [Fact]
    public async Task An_end_of_which_only_the_store_s_answer_is_lost_is_told_once()
    {
        var store = new TroubledStore();
        var failures = 0;
        store.OnReplaced = record => Fail(PendingLogin.IsFinal(record.State) && failures++ == 0);
        await using var host = await CibaTestHost.StartAsync(services: store.Register);
        using var browser = host.CreateBrowser();

        var begin = host.BeginAsync(browser, "nobody@example.com");
        await host.PassPausesAsync(() => begin.IsCompleted);

        Assert.Equal(1, failures);
        Assert.StartsWith("We could not find this user.", (await begin).Notice, StringComparison.Ordinal);
        Assert.Single(host.Log.Lines, line => line.Id.Name == "LoginEnded");
    }

    [Fact]
    public async Task An_acknowledgement_is_written_also_where_another_node_has_claimed_the_login_before_the_store_was_back_for_this_one()
    {
        var store = new TroubledStore();
        await using var host = await CibaTestHost.StartAsync(services: store.Register);
        using var browser = host.CreateBrowser();
        await host.SettleAsync();
        store.OnReplace = _ => Fail(store.IsDown = true);
        var waiting = await BeginAsync(host, browser);
        for (var i = 0; i < 12; i++)
        {
            await host.PassSecondAsync();
        }

        // The lease is over, and the other node is quicker.
        (store.OnReplace, store.IsDown) = (_ => { }, false);
        Assert.True(await store.HeartbeatAsync("other", 300 * Second, isNew: true, default));
        var claimed = Assert.Single(await store.ClaimAsync("other", 100, default));
        await host.Services.GetRequiredService<LoginTakeOver>().TakeAsync(claimed, default);

        Assert.Equal("waiting", await host.AdvanceUntilNotAsync(browser, waiting, "sending"));
        await host.ApproveAsync(browser, waiting);
        Assert.Equal("/me", (await browser.OpenAsync(waiting.Address.ToString())).Address.PathAndQuery);
    }

    [Fact]
    public async Task A_login_whose_node_is_gone_before_it_was_acknowledged_ends_within_seconds()
    {
        var store = new TroubledStore();
        store.OnReplace = record => Fail(record.State == PendingLoginState.Waiting);
        await using var host = await CibaTestHost.StartAsync(services: store.Register);
        using var browser = host.CreateBrowser();
        var sending = await BeginAsync(host, browser);
        await host.SettleAsync();

        await store.ReleaseAsync(host.Services.GetRequiredService<LoginPoller>().Node, default);
        Assert.True(await store.HeartbeatAsync("other", 300 * Second, isNew: true, default));
        await host.Services.GetRequiredService<LoginTakeOver>().TakeAsync(Assert.Single(await store.ClaimAsync("other", 100, default)), default);
        for (var i = 0; i < 10; i++)
        {
            await host.PassSecondAsync();
        }

        // Nobody has looked at it.
        await host.LoggedAsync("LoginFailed");
        Assert.StartsWith("The sign-in service cannot be reached at the moment.", (await browser.OpenAsync(sending.Address.ToString())).Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_acknowledgement_that_cannot_be_written_in_time_ends_its_login_kindly()
    {
        var store = new TroubledStore();
        store.OnReplace = record => Fail(store.IsDown = true);
        await using var host = await CibaTestHost.StartAsync(services: store.Register);
        using var browser = host.CreateBrowser();
        var page = await BeginAsync(host, browser);
        Assert.Equal("Please wait a little", page.Title);

        for (var i = 0; i < 300; i++)
        {
            await host.PassSecondAsync();
        }

        store.OnReplace = _ => { };
        store.IsDown = false;
        var ended = await browser.OpenAsync(page.Address.ToString());
        Assert.StartsWith("The sign-in service cannot be reached at the moment.", ended.Notice, StringComparison.Ordinal);
        Assert.Single(host.Log.Lines, line => line.Id.Name == "LoginFailed");
        Assert.DoesNotContain(host.Log.Lines, line => line.Id.Name is "LoginSurprise" or "PageSurprise");
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

    private static async Task<TestPage> BeginAsync(CibaTestHost host, TestBrowser browser)
    {
        var begin = host.BeginAsync(browser);
        await host.PassPausesAsync(() => begin.IsCompleted);
        return await begin;
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
