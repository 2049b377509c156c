using System.Collections.Concurrent;

namespace SsoCibaMethod.Client;

/// <summary>Limits the time of requests. A limit that was not reached serves the next request: a fresh one, with its timer, would cost a tenth of a poll.</summary>
internal sealed class TimeLimits(TimeProvider time, TimeSpan timeout)
{
    // As many as are at work at one moment on a busy node; what a crowd leaves behind is not kept.
    private const int MostKept = 256;

    private readonly ConcurrentQueue<CancellationTokenSource> _idle = new();

    /// <summary>Begins a time. <see cref="End"/> must follow, when nobody holds its token any more.</summary>
    public CancellationTokenSource Begin()
    {
        if (!_idle.TryDequeue(out var limit))
        {
            return new CancellationTokenSource(timeout, time);
        }

        limit.CancelAfter(timeout);
        return limit;
    }

    public void End(CancellationTokenSource limit)
    {
        // Not one that was cancelled, or may be this moment.
        if (_idle.Count < MostKept && limit.TryReset())
        {
            _idle.Enqueue(limit);
        }
        else
        {
            limit.Dispose();
        }
    }
}
