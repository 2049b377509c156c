namespace SsoCibaMethod.Client;

/// <summary>
/// Counts for how long this process did not get to run: frozen, short of CPU or threads, collecting garbage. An answer that was read late for such a reason was not
/// held by the OP, and the next request must not follow it at once.
/// </summary>
internal sealed class StallWatch
{
    /// <summary>How often the process shows that it runs, while somebody watches.</summary>
    public static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(250);

    // A pulse that comes so late is a stall; what is shorter is a timer's usual lateness.
    private static readonly TimeSpan Longest = 2 * Pulse;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;

    // Set anew by each pulse, not periodic: one that waited for a thread shows as late even where all wait equally long.
    private readonly ITimer _timer;

    // Each request begins and ends to watch, and must not wait for others to do so: what they read changes as one, a few times a second.
    private volatile Beat _last = new(0, TimeSpan.Zero);
    private volatile bool _isBeating;
    private int _watchers;

    public StallWatch(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(static watch => ((StallWatch)watch!).OnPulse(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins to watch. <see cref="End"/> must follow.</summary>
    /// <returns>What <see cref="Since"/> counts from.</returns>
    public TimeSpan Begin()
    {
        // Counted first and looked at then, while who stops the pulse does the reverse: one of the two sees the other.
        _ = Interlocked.Increment(ref _watchers);
        if (!_isBeating)
        {
            Start();
        }

        return _last.Stalled;
    }

    /// <summary>For how long the process stood still: a pulse too much at most for each stall, and not at all where a stall is shorter than two.</summary>
    /// <param name="beginning">Since when, as <see cref="Begin"/> said.</param>
    /// <param name="now">The present.</param>
    public TimeSpan Since(TimeSpan beginning, long now)
    {
        // The answer may be read before the pulse that is overdue as well.
        var last = _last;
        return last.Stalled + Gap(last, now) - beginning;
    }

    /// <summary>Watches no longer.</summary>
    public void End()
    {
        if (Interlocked.Decrement(ref _watchers) == 0)
        {
            lock (_gate)
            {
                if (_isBeating && IsUnwatched())
                {
                    _ = _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                }
            }
        }
    }

    private void Start()
    {
        lock (_gate)
        {
            if (!_isBeating)
            {
                Show(_last.Stalled, _time.GetTimestamp());
                _isBeating = true;
            }
        }
    }

    private void OnPulse()
    {
        lock (_gate)
        {
            if (_isBeating && !IsUnwatched())
            {
                var now = _time.GetTimestamp();
                Show(_last.Stalled + Gap(_last, now), now);
            }
        }
    }

    // Called with the gate held, while the pulse goes.
    private bool IsUnwatched()
    {
        _isBeating = false;
        Interlocked.MemoryBarrier();
        _isBeating = Volatile.Read(ref _watchers) > 0;
        return !_isBeating;
    }

    private void Show(TimeSpan stalled, long now)
    {
        _last = new Beat(now, stalled);
        _ = _timer.Change(Pulse, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Gap(Beat last, long now) => _time.GetElapsedTime(last.At, now) is var gap && gap > Longest ? gap : TimeSpan.Zero;

    private sealed record Beat(long At, TimeSpan Stalled);
}
