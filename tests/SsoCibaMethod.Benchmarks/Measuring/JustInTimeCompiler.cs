using System.Runtime;

namespace SsoCibaMethod.Benchmarks.Measuring;

/// <summary>The runtime's compiler, which goes on improving what runs often for some time after it began to run.</summary>
internal static class JustInTimeCompiler
{
    private const double MostShare = 0.001;

    private static readonly TimeSpan Span = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Waits until it has had hardly anything to do for some seconds; not for ever.</summary>
    public static async Task AtRestAsync()
    {
        TimeSpan spent;
        var begunAt = TimeProvider.System.GetTimestamp();
        do
        {
            var before = JitInfo.GetCompilationTime();
            await Task.Delay(Span, TimeProvider.System);
            spent = JitInfo.GetCompilationTime() - before;
        }
        while (spent > MostShare * Span && TimeProvider.System.GetElapsedTime(begunAt) < Patience);
    }
}
