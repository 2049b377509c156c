using System.Collections.Concurrent;

namespace SsoCibaMethod.Client;

/// <summary>Limits the time of requests. A limit that was not reached serves the next request, with its timer, and what it is made of is not made for each.</summary>
internal sealed class TimeLimits(TimeProvider time, TimeSpan timeout)
{
    // As many as are at work at one moment on a busy node; what a crowd leaves behind is not kept.
    private const int MostKept = 256;

    private readonly ConcurrentQueue<CancellationTokenSource> _idle = new();

    /// <summary>Begins the time of a request.</summary>
    /// <param name="cancellationToken">Ends it earlier.</param>
    /// <returns>The limit, to be disposed of when nobody holds its token any more.</returns>
    public Limit Begin(CancellationToken cancellationToken)
    {
        if (_idle.TryDequeue(out var source))
        {
            source.CancelAfter(timeout);
        }
        else
        {
            source = new CancellationTokenSource(timeout, time);
        }

        return new Limit(this, source, cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), source));
    }

    private void End(CancellationTokenSource source)
    {
        // Not one that was cancelled, or may be this moment.
        if (_idle.Count < MostKept && source.TryReset())
        {
            _idle.Enqueue(source);
        }
        else
        {
            source.Dispose();
        }
    }

    internal readonly struct Limit(TimeLimits limits, CancellationTokenSource source, CancellationTokenRegistration link) : IDisposable
    {
        public CancellationToken Token => source.Token;

        public void Dispose()
        {
            link.Dispose();
            limits.End(source);
        }
    }
}
