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
    private readonly List<long> _starts = [];
    private long _lastUsed = time.GetTimestamp();
    private (long At, TimeSpan For)? _refused;
    private bool _isDisposed;

    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (_gate)
            {
                Forget();
                return _starts.Count == 0 && _refused is null ? time.GetElapsedTime(_lastUsed) : null;
            }
        }
    }

    private long Now => time.GetTimestamp();

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_gate)
        {
            Forget();
            var full = _starts.Count + permitCount > number ? window - time.GetElapsedTime(_starts[0]) : TimeSpan.Zero;
            var refused = _refused is { } refusal ? refusal.For - time.GetElapsedTime(refusal.At) : TimeSpan.Zero;
            if (full > TimeSpan.Zero || refused > TimeSpan.Zero)
            {
                return new Try(this, at: 0, full > refused ? full : refused);
            }

            _lastUsed = Now;
            for (var i = 0; i < permitCount; i++)
            {
                _starts.Add(_lastUsed);
            }

            return new Try(this, _lastUsed, retryAfter: null);
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
        _ = _starts.RemoveAll(start => time.GetElapsedTime(start) >= window);
        if (_refused is { } refusal && time.GetElapsedTime(refusal.At) >= refusal.For)
        {
            _refused = null;
        }
    }

    /// <summary>One try, let through or not. What was let through stays counted, unless it turns out to be none.</summary>
    public sealed class Try(StartWindow all, long at, TimeSpan? retryAfter) : RateLimitLease
    {
        public override bool IsAcquired => retryAfter is null;

        public TimeSpan? RetryAfter => retryAfter;

        public override IEnumerable<string> MetadataNames => [];

        /// <summary>Counts it no longer.</summary>
        public void TakeBack()
        {
            lock (all._gate)
            {
                _ = all._starts.Remove(at);
            }
        }

        /// <summary>Counts it no longer, since more were counted elsewhere, and lets no other through for a time.</summary>
        public void Refuse(TimeSpan duration)
        {
            lock (all._gate)
            {
                _ = all._starts.Remove(at);
                all._refused = (all.Now, duration);
            }
        }

        public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}
