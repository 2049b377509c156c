namespace SsoCibaMethod.Protection;

/// <summary>What is counted together as one burst.</summary>
/// <param name="Method">The method.</param>
/// <param name="Event">What happens.</param>
/// <param name="Who">The keyed hash of whom it happens to; 0 for all together.</param>
internal readonly record struct Burst(string Method, string Event, long Who = 0);

/// <summary>Notices when something happens more often than it should, once for each burst, however long that lasts. It counts what this node sees.</summary>
internal sealed class BurstWatch(TimeProvider time)
{
    // Whoever tries more users than this within a window shows in the counts that are not by user: those are few, and always kept.
    private const int MaximumUsers = 10_000;

    // To forget is a look at all of them, and each start would be one.
    private static readonly TimeSpan ForgetInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<Burst, Seen> _seen = [];

    private TimeSpan? _forgotAt;

    /// <summary>Counts one more.</summary>
    /// <param name="burst">Of what.</param>
    /// <param name="number">How many within the window are a burst; 0: none is.</param>
    /// <param name="window">The window.</param>
    /// <returns>Whether a burst begins with it.</returns>
    public bool Begins(Burst burst, int number, TimeSpan window)
    {
        if (number == 0)
        {
            return false;
        }

        var now = time.GetElapsedTime(0);
        lock (_gate)
        {
            if (!_seen.TryGetValue(burst, out var seen))
            {
                if (burst.Who != 0 && _seen.Count >= MaximumUsers && !Forget(now))
                {
                    return false;
                }

                _seen[burst] = seen = new Seen();
            }

            return seen.Add(now, number, window);
        }
    }

    private bool Forget(TimeSpan now)
    {
        if (now - _forgotAt < ForgetInterval)
        {
            return false;
        }

        _forgotAt = now;
        foreach (var (burst, _) in _seen.Where(entry => entry.Value.OverAt <= now).ToList())
        {
            _ = _seen.Remove(burst);
        }

        return _seen.Count < MaximumUsers;
    }

    private sealed class Seen
    {
        private readonly Queue<TimeSpan> _times = new();
        private bool _isTold;

        /// <summary>From when on nothing of it counts.</summary>
        public TimeSpan OverAt { get; private set; }

        public bool Add(TimeSpan now, int number, TimeSpan window)
        {
            _times.Enqueue(now);
            OverAt = now + window;
            while (_times.Peek() <= now - window || _times.Count > number)
            {
                _ = _times.Dequeue();
            }

            var isBurst = _times.Count == number;
            var begins = isBurst && !_isTold;
            _isTold = isBurst;
            return begins;
        }
    }
}
