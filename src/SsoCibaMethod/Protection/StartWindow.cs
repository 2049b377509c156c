using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace SsoCibaMethod.Protection;

/// <summary>
/// A limiter that lets a number through within a window that slides with each of them. The library's own count by the machine's stopwatch and by segments; this one goes
/// by the host's clock, and says exactly when the next may come.
/// </summary>
internal sealed class StartWindow(int number, TimeSpan window, TimeProvider time, Action onDisposed) : RateLimiter
{
    private readonly Lock _gate = new();
    private readonly Queue<long> _starts = new();
    private long _lastUsed = time.GetTimestamp();
    private bool _isDisposed;

    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (_gate)
            {
                Forget();
                return _starts.Count == 0 ? time.GetElapsedTime(_lastUsed) : null;
            }
        }
    }

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_gate)
        {
            Forget();
            if (_starts.Count + permitCount > number)
            {
                return new Lease(window - time.GetElapsedTime(_starts.Peek()));
            }

            _lastUsed = time.GetTimestamp();
            for (var i = 0; i < permitCount; i++)
            {
                _starts.Enqueue(_lastUsed);
            }

            return new Lease(retryAfter: null);
        }
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) => ValueTask.FromResult(AttemptAcquireCore(permitCount));

    protected override void Dispose(bool disposing)
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            onDisposed();
        }

        base.Dispose(disposing);
    }

    private void Forget()
    {
        while (_starts.TryPeek(out var start) && time.GetElapsedTime(start) >= window)
        {
            _ = _starts.Dequeue();
        }
    }

    private sealed class Lease(TimeSpan? retryAfter) : RateLimitLease
    {
        public override bool IsAcquired => retryAfter is null;

        public override IEnumerable<string> MetadataNames => [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
            return metadata is not null;
        }
    }
}
