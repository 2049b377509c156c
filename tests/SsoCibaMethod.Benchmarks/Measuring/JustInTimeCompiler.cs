using System.Runtime;

namespace SsoCibaMethod.Benchmarks.Measuring;

/// <summary>The runtime's compiler, which goes on improving what runs often for some time after it began to run.</summary>
internal static class JustInTimeCompiler
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>Waits until it has had nothing to do for some seconds; not for ever.</summary>
    public static async Task AtRestAsync()
    {
        var begunAt = TimeProvider.System.GetTimestamp();
        long before;
        do
        {
            before = JitInfo.GetCompiledMethodCount();
            await Task.Delay(Quiet, TimeProvider.System);
        }
        while (JitInfo.GetCompiledMethodCount() > before && TimeProvider.System.GetElapsedTime(begunAt) < Patience);
    }
}
