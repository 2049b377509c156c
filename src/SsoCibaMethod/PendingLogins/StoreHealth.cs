namespace SsoCibaMethod.PendingLogins;

/// <summary>Whether the store answers, as the heartbeat and the watch find it, and since when it does not.</summary>
internal sealed class StoreHealth(TimeProvider time)
{
    private readonly Lock _gate = new();
    private long? _goneSince;

    public bool IsGone
    {
        get
        {
            lock (_gate)
            {
                return _goneSince is not null;
            }
        }
    }

    /// <returns>Whether that is news.</returns>
    public bool Goes()
    {
        lock (_gate)
        {
            var isNews = _goneSince is null;
            _goneSince ??= time.GetTimestamp();
            return isNews;
        }
    }

    /// <returns>How long it was away; <see langword="null"/> where it was not.</returns>
    public TimeSpan? Returns()
    {
        lock (_gate)
        {
            var away = _goneSince is { } since ? time.GetElapsedTime(since) : default(TimeSpan?);
            _goneSince = null;
            return away;
        }
    }
}
