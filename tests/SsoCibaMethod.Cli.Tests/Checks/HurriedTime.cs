namespace SsoCibaMethod.Cli.Tests.Checks;

/// <summary>A clock whose timers of ten seconds at most go off a thousand times sooner: for a request that ends by its time limit, within a check whose own limit is longer.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero && dueTime <= Longest ? dueTime / 1000 : dueTime, period);
}
