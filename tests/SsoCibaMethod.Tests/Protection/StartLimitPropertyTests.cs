using FsCheck;
using FsCheck.Fluent;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Protection;

namespace SsoCibaMethod.Tests.Protection;

/// <summary>Whatever comes when and ends how: never more wait, and never more go out, than the limit says.</summary>
[Trait("Spec", "S-41")]
public class StartLimitPropertyTests
{
    private const int Runs = 500;

    private static readonly DateTimeOffset Begin = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public sealed record Try(int After, PendingLoginState End, int Lasts);

    public sealed record Script(int Number, int Window, int Cooldown, IReadOnlyList<Try> Tries);

    [Fact]
    public void Never_more_wait_or_go_out_than_the_limit_says()
    {
        var ends = Gen.Elements(PendingLoginState.Declined, PendingLoginState.Expired, PendingLoginState.Cancelled, PendingLoginState.Failed, PendingLoginState.Redeemed);
        var one =
            from after in Gen.Frequency((3, Gen.Choose(0, 2)), (2, Gen.Choose(0, 120)), (1, Gen.Choose(0, 700)))
            from end in ends
            from lasts in Gen.Choose(0, 900)
            select new Try(after, end, lasts);
        var script =
            from number in Gen.Choose(1, 6)
            from window in Gen.Choose(10, 600)
            from cooldown in Gen.Choose(0, window)
            from tries in one.ListOf(80)
            select new Script(number, window, cooldown, [.. tries]);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Runs), Prop.ForAll(script.ToArbitrary(), Holds));
    }

    private static bool Holds(Script script)
    {
        var limit = new StartLimit("PerHint", script.Number, TimeSpan.FromSeconds(script.Window), TimeSpan.FromSeconds(script.Cooldown));
        List<(DateTimeOffset At, Try Try)> started = [];
        var now = Begin;
        foreach (var next in script.Tries)
        {
            now += TimeSpan.FromSeconds(next.After);
            var before = started.Select(start => Seen(start.At, start.Try, now)).ToArray();
            if (limit.Refusal(before, now) is { } refusal)
            {
                // What it promises, it keeps, if nothing else happens meanwhile; and not a second earlier.
                Assert.True(refusal.RetryIn > TimeSpan.Zero);
                Assert.Null(limit.Refusal(before, now + refusal.RetryIn));
                Assert.NotNull(limit.Refusal(before, now + refusal.RetryIn - TimeSpan.FromTicks(1)));
                continue;
            }

            started.Add((now, next));
            Assert.True(before.Count(start => start.State == PendingLoginState.Waiting) < script.Number);
            Assert.True(started.Count(start => start.At > now - limit.Window) <= script.Number + MostFurther(script));
        }

        return true;
    }

    private static PendingLoginStart Seen(DateTimeOffset at, Try start, DateTimeOffset now)
    {
        var end = at + TimeSpan.FromSeconds(start.Lasts);
        return new(end <= now ? start.End : PendingLoginState.Waiting, at, end);
    }

    // Pauses of one, two, four … cool-downs, so many as fit into a window.
    private static int MostFurther(Script script)
    {
        var further = 0;
        for (double pause = script.Cooldown, sum = pause; pause > 0 && sum < script.Window; pause *= 2, sum += pause)
        {
            further++;
        }

        return further;
    }
}
