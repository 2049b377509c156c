namespace SsoCibaMethod.Tests.Scale;

/// <summary>A clock that jumps from one event to the next: an hour of a thousand nodes takes as long as its events.</summary>
internal sealed class VirtualClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly PriorityQueue<Action, (long At, long Order)> _events = new();
    private long _order;
    private long _now;

    /// <summary>The present, on the clock of schedules.</summary>
    public TimeSpan Now => new(_now);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Gets how many events there were.</summary>
    public long Events { get; private set; }

    public override long GetTimestamp() => _now;

    public override DateTimeOffset GetUtcNow() => Start + Now;

    public void After(TimeSpan wait, Action what) => _events.Enqueue(what, (_now + Math.Max(wait.Ticks, 0), _order++));

    public void At(TimeSpan when, Action what) => After(when - Now, what);

    /// <summary>Plays what happens up to an instant, or to the first event after which to stop.</summary>
    public void Run(TimeSpan until, Func<bool> stops)
    {
        while (!stops() && _events.TryDequeue(out var what, out var when) && when.At <= until.Ticks)
        {
            _now = when.At;
            Events++;
            what();
        }
    }
}
