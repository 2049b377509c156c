using Microsoft.Extensions.Logging;
using SsoCibaMethod.Protection;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Diagnostics;

/// <summary>A burst of declines is told of, for somebody may be sending what the users did not ask for (push bombing).</summary>
[Trait("Spec", "S-43")]
public class SecurityEventTests
{
    [Fact]
    public async Task One_user_who_declines_again_and_again_is_told_of_once_without_a_name()
    {
        await using var host = await CibaTestHost.StartAsync(options => options.StartLimits.Cooldown = TimeSpan.Zero);
        using var metrics = new HeardMetrics(host);
        for (var i = 1; i <= 4; i++)
        {
            await DeclineAsync(host);
            Assert.Equal(i < 3 ? 0 : 1, Events(host).Length);
        }

        var line = Assert.Single(Events(host));
        Assert.Equal(("DeclinesOfOneUser", LogLevel.Warning), (line.Id.Name, line.Level));
        Assert.Contains("one user of Ciba declined 3 requests within 00:10:00", line.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", line.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Single(metrics.Heard, heard => heard == "ciba.security_events 1 ciba.method=Ciba ciba.event=declines_of_one_user");
    }

    [Fact]
    public async Task Many_declines_and_many_unknown_users_are_told_of_by_the_settings()
    {
        await using var host = await CibaTestHost.StartAsync(options =>
        {
            options.StartLimits.Cooldown = TimeSpan.Zero;
            options.SecurityEvents.DeclinesPerHint = 0;
            options.SecurityEvents.DeclinesPerMethod = 2;
            options.SecurityEvents.UnknownUsersPerMethod = 2;
        });
        await DeclineAsync(host);
        await DeclineAsync(host);
        using var browser = host.CreateBrowser();
        await host.BeginAsync(browser, "nobody");
        await host.BeginAsync(browser, "no one");

        Assert.Equal(["ManyDeclines", "ManyUnknownUsers"], Events(host).Select(line => line.Id.Name));
    }

    [Fact]
    public void A_burst_that_goes_on_is_one_and_the_next_one_another()
    {
        var clock = new ManualTimeProvider();
        var watch = new BurstWatch(clock);
        var begins = new List<int>();
        for (var minute = 0; minute < 60; minute++)
        {
            // One a minute, and a quiet time in the middle.
            if (minute is < 20 or > 40 && watch.Begins(new Burst("Ciba", "declines"), 3, TimeSpan.FromMinutes(10)))
            {
                begins.Add(minute);
            }

            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([2, 43], begins);
        Assert.False(watch.Begins(new Burst("Other", "declines"), 3, TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public void More_users_than_are_counted_one_by_one_do_not_hide_what_is_counted_of_all()
    {
        var clock = new ManualTimeProvider();
        var watch = new BurstWatch(clock);
        var window = TimeSpan.FromMinutes(10);
        for (var user = 1; user <= 10_000; user++)
        {
            Assert.False(watch.Begins(new Burst("Ciba", "declines_of_one_user", user), 2, window));
        }

        Assert.False(watch.Begins(new Burst("Ciba", "declines_of_one_user", 10_001), 1, window));
        Assert.True(watch.Begins(new Burst("Ciba", "declines"), 1, window));
        Assert.True(watch.Begins(new Burst("Ciba", "declines_of_one_user", 10_000), 2, window));

        clock.Advance(window);
        Assert.True(watch.Begins(new Burst("Ciba", "declines_of_one_user", 10_001), 1, window));
    }

    private static CapturedLine[] Events(CibaTestHost host) => [.. host.Log.Lines.Where(line => line.Text.StartsWith("Security:", StringComparison.Ordinal))];

    private static async Task DeclineAsync(CibaTestHost host)
    {
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        Assert.True(host.Op.Decline((await host.Op.WaitForRequestAsync("alice")).AuthReqId));
        Assert.Equal("declined", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));
    }
}
