using System.Collections.Concurrent;
using SsoCibaMethod.Benchmarks.Measuring;

namespace SsoCibaMethod.Benchmarks.Waiting;

/// <summary>How late polls left, in ms, of one login in sixty-four: noting all of them would be measured too.</summary>
internal sealed class Lateness
{
    private readonly ConcurrentQueue<double> _milliseconds = new();

    public static bool IsSampled(int login) => login % 64 == 0;

    public void Add(TimeSpan late) => _milliseconds.Enqueue(late.TotalMilliseconds);

    public void Clear() => _milliseconds.Clear();

    public Series ToSeries() => new([.. _milliseconds]);
}
