using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Polling;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Polling;

/// <summary>A store that fails while a login starts: the phone may ring already, and what the OP answered is written when the store is back.</summary>
public class StartOutageTests
{
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

        var page = await BeginAsync(host, browser, "nobody@example.com");

        Assert.Equal(1, failures);
        Assert.StartsWith("We could not find this user.", page.Notice, StringComparison.Ordinal);
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
        await PassAsync(host, seconds: 12);

        // The lease is over, and the other node is quicker.
        (store.OnReplace, store.IsDown) = (_ => { }, false);
        Assert.True(await store.HeartbeatAsync("other", TimeSpan.FromMinutes(5), isNew: true, default));
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
        Assert.True(await store.HeartbeatAsync("other", TimeSpan.FromMinutes(5), isNew: true, default));
        await host.Services.GetRequiredService<LoginTakeOver>().TakeAsync(Assert.Single(await store.ClaimAsync("other", 100, default)), default);
        await PassAsync(host, seconds: 10);

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

        await PassAsync(host, seconds: 300);

        store.OnReplace = _ => { };
        store.IsDown = false;
        var ended = await browser.OpenAsync(page.Address.ToString());
        Assert.StartsWith("The sign-in service cannot be reached at the moment.", ended.Notice, StringComparison.Ordinal);
        Assert.Single(host.Log.Lines, line => line.Id.Name == "LoginFailed");
        Assert.DoesNotContain(host.Log.Lines, line => line.Id.Name is "LoginSurprise" or "PageSurprise");
    }

    private static async Task<TestPage> BeginAsync(CibaTestHost host, TestBrowser browser, string hint = "alice")
    {
        var begin = host.BeginAsync(browser, hint);
        await host.PassPausesAsync(() => begin.IsCompleted);
        return await begin;
    }

    private static async Task PassAsync(CibaTestHost host, int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            await host.PassSecondAsync();
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
