using SsoCibaMethod.Polling;
using Xunit.Abstractions;

namespace SsoCibaMethod.Tests.Scale;

/// <summary>A thousand nodes and all their troubles on a virtual clock: no early poll, no two at once, no login without an owner, each ends once (docs/scale.md).</summary>
[Trait("Spec", "C-61")]
[Trait("Spec", "C-63")]
public class ScaleTests(ITestOutputHelper output)
{
    private static readonly ScaleSettings Small = new() { Nodes = 40, Logins = 2_000, Duration = TimeSpan.FromMinutes(3), TroublesAMinute = 12, LostAtOnce = 10 };

    // Half of the wires slow: what leaves last arrives when the next owner counts already.
    private static readonly ScaleSettings Troubled = new() { Nodes = 150, Logins = 12_000, Duration = TimeSpan.FromMinutes(5), TroublesAMinute = 60, SlowWires = 2 };

    [Fact]
    public void A_thousand_nodes_keep_the_rules()
    {
        var settings = ScaleSettings.FromEnvironment();

        var report = Play(settings);

        Assert.Equal(0, report.BrokenCount);
        Assert.True(report["end: Redeemed"] > settings.Logins / 2);
        Assert.True(settings.LosesStoreAnswers || report["logins whose owner does not know of them"] == 0);

        // Create, acknowledge, end, redeem; what comes on top has its own name, and no poll is among them.
        var writes = report["store: created"] + report["store: acknowledged"] + report["store: approved"] + report["store: redeemed"] + report["store: ended"];
        Assert.InRange(writes, 1, 4 * report["store: created"]);
    }

    [Fact]
    public void Each_trouble_befell_somebody_and_was_overcome()
    {
        var report = Play(Troubled);

        Assert.Equal(0, report.BrokenCount);
        Assert.All(
            ["nodes killed", "nodes cut off from the store", "nodes frozen between check and send", "nodes stopped in order", "nodes lost at once", "polls into the outage", "store: take-overs", "leases lost by living nodes"],
            trouble => Assert.NotEqual(0, report[trouble]));
    }

    [Fact]
    public void The_store_with_indexes_does_what_the_real_one_does()
    {
        var indexed = Play(Small);
        var real = Play(Small with { RealStore = true });

        // Of more than a batch a store may choose.
        Assert.InRange(indexed.MostOf("claimed at once"), 1, LoginPollerHost.ClaimBatch - 1);
        Assert.Equal(indexed.Lines(), real.Lines());
        Assert.Equal(indexed.Trace, real.Trace);
    }

    public static TheoryData<string> BrokenRules => ["no margin before the end of the lease", "no look at the lease", "no wait after a take-over", "no breaking off"];

    // A simulation that finds nothing in broken rules would prove nothing about good ones.
    [Theory]
    [MemberData(nameof(BrokenRules))]
    public void A_broken_rule_shows(string rule)
    {
        var broken = Troubled with { StopsWhenBroken = true };
        var report = Play(rule switch
        {
            "no margin before the end of the lease" => broken with { MaySend = (now, deadline, leaseEndsAt) => now < deadline && now < leaseEndsAt },
            "no look at the lease" => broken with { MaySend = (now, deadline, _) => PollSender.MaySend(now, deadline, TimeSpan.MaxValue) },
            "no wait after a take-over" => broken with { ResumeAfter = _ => TimeSpan.Zero },
            _ => broken with { BreaksOff = false },
        });

        Assert.NotEqual(0, report.BrokenCount);
    }

    private ScaleReport Play(ScaleSettings settings)
    {
        var report = new ScaleSimulation(settings).Run();
        output.WriteLine($"seed {settings.Seed}, {settings.Nodes} nodes, {settings.Logins} logins in {settings.Duration}");
        foreach (var line in report.Lines())
        {
            output.WriteLine(line);
        }

        return report;
    }
}
