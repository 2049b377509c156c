using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Polling;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Polling;

/// <summary>An OP that has new keys and cannot give them: the user has approved, which a moment's trouble must not undo.</summary>
[Trait("Spec", "T-5")]
public class KeyOutageTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(120, true)]
    [InlineData(10, false)]
    public async Task It_is_asked_again_as_long_as_the_login_lives(int lifetime, bool isLongEnough)
    {
        using var wire = new Wire();
        await using var host = await CibaTestHost.StartAsync(wire: wire, simulator: options => options.Lifetime = lifetime * Second);
        var poller = host.Services.GetRequiredService<LoginPoller>();
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        host.Op.RotateKeys();
        _ = wire.At("/jwks", 503, "");
        Assert.True(host.Op.Approve((await host.Op.WaitForRequestAsync("alice")).AuthReqId));

        await host.SettleAsync();
        host.Clock.Advance(5 * Second);
        await host.SettleAsync();

        Assert.Contains(host.Log.Lines, line => line.Id.Name == (isLongEnough ? "ApprovalDelayed" : "LoginFailed"));
        wire.Open();
        host.Clock.Advance(5 * Second);

        // Keys are fetched again no sooner than half a minute later.
        await UntilAsync(() => poller.Count == 0 || (poller.IsAtRest(1) && host.Clock.IsDueIn(25 * Second)));
        host.Clock.Advance(25 * Second);
        await UntilAsync(() => poller.IsAtRest());
        var page = await browser.OpenAsync(waiting.Address.ToString());

        Assert.Equal(1, host.Op.Counters.Polls);
        Assert.Equal(isLongEnough, browser.IsSignedIn());
        Assert.StartsWith(isLongEnough ? "" : "The sign-in service cannot be reached at the moment.", page.Notice ?? "", StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }
}
