using System.Collections.Concurrent;

namespace SsoCibaMethod.Client.Tests;

/// <summary>Keeps what was reported, in order, at once (<see cref="Progress{T}"/> would report later, on another thread).</summary>
internal sealed class ProgressLog : IProgress<CibaProgress>
{
    private readonly ConcurrentQueue<CibaProgress> _seen = new();

    public IReadOnlyList<CibaProgress> Seen => [.. _seen];

    public int Count => _seen.Count;

    public void Report(CibaProgress value) => _seen.Enqueue(value);
}
