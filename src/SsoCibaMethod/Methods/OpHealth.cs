namespace SsoCibaMethod.Methods;

/// <summary>Whether an OP answers, as the logins find it: nobody asks it for that.</summary>
internal sealed class OpHealth
{
    // Longer than the usual pause between two polls, so that one lost answer is no outage: an OP that answers some and not others is there.
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(10);

    // Longer than any login leaves an OP alone that does not answer.
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private volatile bool _isWatched;
    private bool _isAway;
    private bool _isUnasked;
    private TimeSpan _awaySince;
    private TimeSpan _failedAt;
    private TimeSpan? _failingSince;
    private TimeSpan? _answeredAt;
    private string _cause = "";

    /// <summary>Why its last answer was none; <see langword="null"/> where it was one, or nobody has asked for long.</summary>
    public string? Trouble
    {
        get
        {
            lock (_gate)
            {
                return _failingSince is null || _isUnasked ? null : _cause;
            }
        }
    }

    /// <summary>A request brought no usable answer.</summary>
    /// <returns>Whether an outage begins with it: for ten seconds others brought none either.</returns>
    public bool Fails(TimeSpan now, string cause)
    {
        lock (_gate)
        {
            _isWatched = true;
            _isUnasked = false;
            _failingSince ??= now;
            _failedAt = now;
            _cause = cause;
            if (now - _failingSince < Steady)
            {
                return false;
            }

            _answeredAt = null;
            if (_isAway)
            {
                return false;
            }

            _isAway = true;
            _awaySince = _failingSince.Value;
            return true;
        }
    }

    /// <summary>A request was answered. Nearly always all is well, and this costs next to nothing.</summary>
    public void Answers(TimeSpan now)
    {
        if (!_isWatched)
        {
            return;
        }

        lock (_gate)
        {
            _failingSince = null;
            _answeredAt ??= now;
            _isWatched = _isAway;
        }
    }

    /// <summary>Looks whether an outage is over: ten seconds have passed since the first answer, and the last request was answered too.</summary>
    /// <returns>How long it was away.</returns>
    public TimeSpan? ComesBack(TimeSpan now)
    {
        if (!_isWatched)
        {
            return null;
        }

        lock (_gate)
        {
            if (!_isAway || _failingSince is not null || _answeredAt is not { } answeredAt || now - answeredAt < Steady)
            {
                return null;
            }

            _isAway = false;
            _isWatched = false;
            return answeredAt - _awaySince;
        }
    }

    /// <summary>Looks whether nobody has asked for so long that nothing is known any more.</summary>
    /// <returns>Whether an outage ends with that.</returns>
    public bool IsGivenUp(TimeSpan now)
    {
        lock (_gate)
        {
            if (_failingSince is null || _isUnasked || now - _failedAt < Forgotten)
            {
                return false;
            }

            var wasAway = _isAway;
            _isUnasked = true;
            _isAway = false;
            return wasAway;
        }
    }
}
