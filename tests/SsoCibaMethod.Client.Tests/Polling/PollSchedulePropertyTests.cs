using FsCheck;
using FsCheck.Fluent;

namespace SsoCibaMethod.Client.Tests;

/// <summary>The rules of polling over 100,000 logins drawn at random. A failure prints the seed that replays it.</summary>
[Trait("Spec", "C-61")]
[Trait("Spec", "C-62")]
[Trait("Spec", "C-66")]
[Trait("Spec", "C-70")]
[Trait("Spec", "K-7")]
public sealed class PollSchedulePropertyTests
{
    private const int Logins = 100_000;

    private static readonly PollSettings Settings = new();

    private static readonly Arbitrary<Script> Scripts = Arb.From(
        from begin in Gen.Choose(0, 8 * 8 * 12)
        from count in Gen.Choose(0, 40)
        from answers in Gen.Choose(0, (8 * 12 * 20) - 1).ArrayOf(count)
        select new Script(begin, answers));

    [Fact]
    public void Every_rule_holds_in_every_login()
    {
        var polls = 0L;
        var slowDowns = 0L;
        var replay = Config.QuickThrowOnFailure.WithMaxTest(Logins).WithReplay(20260302, 1);
        Check.One(replay, Prop.ForAll(Scripts, script =>
        {
            var driver = new Driver(Settings).Run(script);
            polls += driver.Polls.Count;
            slowDowns += driver.Polls.Count(poll => poll.Kind is Script.Kind.SlowDown);
            return FirstBroken(script, driver) is not { } broken ? true : throw new Xunit.Sdk.XunitException(broken);
        }));

        Assert.True(polls > 4 * Logins && slowDowns > Logins / 2, $"the scripts say too little: {polls} polls, {slowDowns} slow downs");
    }

    private static string? FirstBroken(Script script, Driver driver)
    {
        var begun = Driver.Start + script.AcknowledgedAfter;
        var least = script.Interval ?? TimeSpan.FromSeconds(5);
        foreach (var (poll, i) in driver.Polls.Select((poll, i) => (poll, i)))
        {
            var broken = poll switch
            {
                _ when poll.Sent >= Driver.Start + script.Lifetime => "C-70: a poll at or after the deadline of the OP",
                _ when poll.Sent >= Driver.Start + Settings.MaximumLifetime => "C-70: a poll at or after our own deadline",
                _ when i == 0 && poll.Sent < begun + least => "C-65: the first poll before one interval",
                _ when poll.After.Interval < poll.Before.Interval => "C-62: the interval shrank",
                { Kind: Script.Kind.SlowDown } when poll.After.Interval < poll.Before.Interval + TimeSpan.FromSeconds(5) => "C-62: slow_down added less than 5 s",
                _ when poll.After.Deadline != poll.Before.Deadline => "C-52: the deadline moved",
                _ when i > 0 => BrokenBetween(driver.Polls[i - 1], poll, ref least),
                _ => null,
            };
            if (broken is not null)
            {
                return $"{broken} (poll {i} of {script})";
            }
        }

        return driver.EndedAt is { } end && driver.Polls.Any(poll => poll.Sent > end) ? "C-67: a poll after the end" : null;
    }

    // The interval is counted here anew, from the answers alone: the schedule is not asked.
    private static string? BrokenBetween(Driver.Poll last, Driver.Poll next, ref TimeSpan interval)
    {
        if (last.Kind is Script.Kind.SlowDown)
        {
            interval += TimeSpan.FromSeconds(5);
        }

        if (next.Sent - last.Sent < interval)
        {
            return "C-61: less than an interval after the last poll was sent";
        }

        if (last.Received - last.Sent < interval && next.Sent < last.Received + interval)
        {
            return "K-7: less than an interval after the last answer";
        }

        if (last.RetryAfter is { } wait && next.Sent < last.Received + wait)
        {
            return "C-66: before Retry-After";
        }

        return next.Sent < last.Received ? "C-63: two polls at once" : null;
    }
}
