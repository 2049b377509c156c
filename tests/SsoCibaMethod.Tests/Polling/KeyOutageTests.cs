using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Polling;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Polling;

/// <summary>An OP that has new keys and cannot give them: the user has approved, which a moment's trouble must not undo.</summary>
[Trait("Spec", "T-5")]
public class KeyOutageTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(120)]
    [InlineData(10)]
    public async Task It_is_asked_again_also_when_the_time_to_approve_is_over_meanwhile(int lifetime)
    {
        using var wire = new Wire();
        await using var host = await CibaTestHost.StartAsync(wire: wire, simulator: options => options.Lifetime = lifetime * Second);
        var poller = host.Services.GetRequiredService<LoginPoller>();
        using var browser = host.CreateBrowser();
        var waiting = await ApproveWithoutKeysAsync(host, browser, wire);
        Assert.Contains(host.Log.Lines, line => line.Id.Name == "ApprovalDelayed");
        wire.Open();
        host.Clock.Advance(5 * Second);

        // Keys are fetched again no sooner than half a minute later.
        await UntilAsync(() => poller.IsAtRest(1) && host.Clock.IsDueIn(25 * Second));
        host.Clock.Advance(24 * Second);
        Assert.Equal("Check your phone", (await browser.OpenAsync(waiting.Address.ToString())).Title);
        host.Clock.Advance(Second);
        await UntilAsync(() => poller.IsAtRest());
        _ = await browser.OpenAsync(waiting.Address.ToString());

        Assert.Equal(1, host.Op.Counters.Polls);
        Assert.True(browser.IsSignedIn());
    }

    [Fact]
    public async Task It_is_given_up_soon_after_that_time()
    {
        using var wire = new Wire();
        await using var host = await CibaTestHost.StartAsync(wire: wire, simulator: options => options.Lifetime = 10 * Second);
        var poller = host.Services.GetRequiredService<LoginPoller>();
        using var browser = host.CreateBrowser();
        var waiting = await ApproveWithoutKeysAsync(host, browser, wire);

        // Twice more, each after a pause and the half minute between two fetches; then it is later than anybody waits.
        for (var i = 0; i < 2; i++)
        {
            host.Clock.Advance(5 * Second);
            await UntilAsync(() => poller.IsAtRest(1) && host.Clock.IsDueIn(25 * Second));
            host.Clock.Advance(25 * Second);
            await UntilAsync(() => poller.IsAtRest());
        }

        Assert.Equal(0, poller.Count);
        var page = await browser.OpenAsync(waiting.Address.ToString());
        Assert.StartsWith("The sign-in service cannot be reached at the moment.", page.Notice, StringComparison.Ordinal);
        Assert.False(browser.IsSignedIn());
    }

    private static async Task<TestPage> ApproveWithoutKeysAsync(CibaTestHost host, TestBrowser browser, Wire wire)
    {
        var waiting = await host.BeginAsync(browser);
        host.Op.RotateKeys();
        _ = wire.At("/jwks", 503, "");
        Assert.True(host.Op.Approve((await host.Op.WaitForRequestAsync("alice")).AuthReqId));
        await host.SettleAsync();
        host.Clock.Advance(5 * Second);
        await host.SettleAsync();
        return waiting;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }
}
