using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>K-51 for the whole handler: what must not change when polls leave — a set clock, a second tab, a second node.</summary>
[Trait("Spec", "K-51")]
public class ClockTests
{
    [Theory]
    [InlineData(30)]
    [InlineData(-30)]
    public async Task A_clock_that_is_set_changes_no_interval(int seconds)
    {
        var clock = new HostClock();
        await using var run = await CaseHost.StartAsync(services: clock.Watch);
        run.Op.Poll = (number, _) => Task.FromResult(number < 4 ? CaseOp.Error("authorization_pending") : run.Op.Tokens());
        _ = await run.BeginAsync();

        await run.Host.AdvanceAsync(TimeSpan.FromSeconds(7));
        clock.Ahead = TimeSpan.FromSeconds(seconds);

        Assert.Equal("approved", await run.EndAsync());
        Assert.All(run.Op.PollTimes.Zip([5.0, 10, 15, 20]), pair => Assert.InRange(pair.First, pair.Second, pair.Second + 0.021));
        Assert.Equal(IdToken.Subject, await run.SubjectAsync());
    }

    [Fact]
    [Trait("Spec", "S-18")]
    public async Task Two_tabs_of_one_login_and_every_look_at_its_status_cost_no_poll()
    {
        await using var run = await CaseHost.StartAsync();
        var page = await run.BeginAsync();

        for (var i = 0; i < 12; i++)
        {
            _ = await run.Host.Browser.OpenAsync(page.Address.ToString());
            _ = await run.StateAsync();
            await run.Host.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, run.Op.PollTimes.Count());
    }

    [Fact]
    [Trait("Spec", "C-63")]
    public async Task Of_two_nodes_one_polls()
    {
        var clock = new ManualTimeProvider();
        using var op = new CaseOp(clock);
        var store = new InMemoryPendingLoginStore(clock);
        var keys = new EphemeralDataProtectionProvider();
        void Shared(IServiceCollection services) => services.AddSingleton<IPendingLoginStore>(store).AddSingleton<IDataProtectionProvider>(keys);
        await using var one = await CaseHost.StartHostAsync(clock, op, services: Shared);
        await using var other = await CaseHost.StartHostAsync(clock, op, services: Shared);

        var form = await one.Browser.OpenAsync("/me");
        _ = await one.Browser.SubmitAsync(form, "form", ("login_hint", "alice"));
        await one.SettleAsync();
        for (var i = 0; i < 31 * 50; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(20));
            await one.SettleAsync();
            await other.SettleAsync();
        }

        Assert.All(op.PollTimes.Zip([5.0, 10, 15, 20, 25, 30]), pair => Assert.InRange(pair.First, pair.Second, pair.Second + 0.021));
        Assert.Equal(6, op.PollTimes.Count());
        Assert.False(op.PollsOverlapped);
    }
}
