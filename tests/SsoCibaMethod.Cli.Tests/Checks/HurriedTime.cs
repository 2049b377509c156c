namespace SsoCibaMethod.Cli.Tests.Checks;

/// <summary>A clock whose timers go off a thousand times sooner: for what ends by its time limit, whenever that is.</summary>
internal sealed class HurriedTime : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 1000 : dueTime, period > TimeSpan.Zero ? period / 1000 : period);
}
