namespace SsoCibaMethod.Benchmarks.Measuring;

/// <summary>Workers that begin the next call when the last has ended.</summary>
internal static class ClosedLoad
{
    /// <summary>Enough to keep both cores busy, few enough to share no connection unfairly.</summary>
    public const int Workers = 8;

    /// <summary>Runs the calls for a time.</summary>
    /// <returns>µs of CPU of this process for one call; the OP is another process and costs nothing here.</returns>
    public static async Task<double> CpuOfCallAsync(Func<int, Task> call, TimeSpan duration, int workers = Workers)
    {
        var begunAt = TimeProvider.System.GetTimestamp();
        var before = Environment.CpuUsage.TotalTime;
        var counts = await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            var count = 0L;
            while (TimeProvider.System.GetElapsedTime(begunAt) < duration)
            {
                await call(worker);
                count++;
            }

            return count;
        })));
        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / counts.Sum();
    }
}
