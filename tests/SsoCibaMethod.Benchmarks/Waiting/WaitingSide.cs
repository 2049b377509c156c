using SsoCibaMethod.Benchmarks.Measuring;
using SsoCibaMethod.Benchmarks.Op;

namespace SsoCibaMethod.Benchmarks.Waiting;

/// <summary>One way to keep many logins polling; begun anew for each turn, so that it costs the others nothing.</summary>
/// <param name="op">Counts what arrives.</param>
/// <param name="start">Begins to poll.</param>
internal sealed class WaitingSide(OpProcess op, Func<Lateness, Task<IAsyncDisposable>> start)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly List<PollCounts> _counts = [];
    private readonly List<double> _pollsPerSecond = [];
    private Lateness _lateness = new();

    public Series PollsPerSecond => new([.. _pollsPerSecond.Skip(1)]);

    /// <summary>Of the last turn.</summary>
    public Series Lateness => _lateness.ToSeries();

    public long Early => _counts.Sum(counts => counts.Early);

    public double EarlyShare => (double)Early / _counts.Sum(counts => counts.Polls);

    public long Overlaps => _counts.Sum(counts => counts.Overlaps);

    /// <summary>When a login's first poll is due: they are spread over an interval, as people are.</summary>
    public static TimeSpan FirstPollIn(int login, int logins) => TimeSpan.FromSeconds(1) + (Interval * login / logins);

    /// <summary>Lets them poll for a time.</summary>
    /// <returns>µs of CPU a poll.</returns>
    public async Task<double> CpuOfPollAsync(TimeSpan duration)
    {
        _lateness = new Lateness();
        _ = await op.TakeCountsAsync();
        await using var waiting = await start(_lateness);

        // Until each has its place in the interval, and the connections that it takes are there: neither handshakes nor compiling are what is measured.
        await Task.Delay((2 * Interval) + TimeSpan.FromSeconds(3), TimeProvider.System);
        await JustInTimeCompiler.AtRestAsync();
        _counts.Add(await op.TakeCountsAsync());
        _lateness.Clear();
        var begunAt = TimeProvider.System.GetTimestamp();
        var before = Environment.CpuUsage.TotalTime;
        await Task.Delay(duration, TimeProvider.System);
        var cpu = Environment.CpuUsage.TotalTime - before;
        var counts = await op.TakeCountsAsync();
        _counts.Add(counts);
        _pollsPerSecond.Add(counts.Polls / TimeProvider.System.GetElapsedTime(begunAt).TotalSeconds);
        return cpu.TotalMicroseconds / counts.Polls;
    }
}
