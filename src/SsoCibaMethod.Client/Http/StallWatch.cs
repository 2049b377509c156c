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

    private int _watchers;
    private long _lastPulse;
    private TimeSpan _stalled;

    public StallWatch(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(static watch => ((StallWatch)watch!).Beat(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins to watch. <see cref="End"/> must follow.</summary>
    /// <returns>What <see cref="Since"/> counts from.</returns>
    public TimeSpan Begin()
    {
        lock (_gate)
        {
            if (_watchers++ == 0)
            {
                _lastPulse = _time.GetTimestamp();
                _ = _timer.Change(Pulse, Timeout.InfiniteTimeSpan);
            }

            return _stalled;
        }
    }

    /// <summary>For how long the process stood still: a pulse too much at most for each stall, and not at all where a stall is shorter than two.</summary>
    /// <param name="beginning">Since when, as <see cref="Begin"/> said.</param>
    /// <param name="now">The present.</param>
    public TimeSpan Since(TimeSpan beginning, long now)
    {
        lock (_gate)
        {
            // The answer may be read before the pulse that is overdue as well.
            return _stalled + Gap(now) - beginning;
        }
    }

    /// <summary>Watches no longer.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (--_watchers == 0)
            {
                _ = _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Beat()
    {
        lock (_gate)
        {
            if (_watchers > 0)
            {
                var now = _time.GetTimestamp();
                _stalled += Gap(now);
                _lastPulse = now;
                _ = _timer.Change(Pulse, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private TimeSpan Gap(long now) => _time.GetElapsedTime(_lastPulse, now) is var gap && gap > Longest ? gap : TimeSpan.Zero;
}
