namespace SsoCibaMethod.Methods;

/// <summary>Whether a method's OP answers, as the logins find it: nobody asks it for that.</summary>
internal sealed class OpHealth
{
    // An OP that answers some and not others is not back: it would be told of at each answer.
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private volatile bool _isInTrouble;
    private TimeSpan _since;
    private TimeSpan _failedAt;
    private TimeSpan? _answeredAt;
    private string _cause = "";

    /// <summary>Why its last answer was none; <see langword="null"/> where it was one.</summary>
    public string? Trouble
    {
        get
        {
            lock (_gate)
            {
                return _isInTrouble && _answeredAt is null ? _cause : null;
            }
        }
    }

    /// <summary>A request brought no usable answer.</summary>
    /// <returns>Whether an outage begins with it.</returns>
    public bool Fails(TimeSpan now, string cause)
    {
        lock (_gate)
        {
            var isNews = !_isInTrouble;
            _since = isNews ? now : _since;
            _isInTrouble = true;
            _failedAt = now;
            _answeredAt = null;
            _cause = cause;
            return isNews;
        }
    }

    /// <summary>A request was answered. Nearly always there is no outage, and this costs next to nothing.</summary>
    /// <returns>How long it was away, once it has been back without a failure for a while.</returns>
    public TimeSpan? Answers(TimeSpan now)
    {
        if (!_isInTrouble)
        {
            return null;
        }

        lock (_gate)
        {
            _answeredAt ??= now;
            if (!_isInTrouble || now - _failedAt < Steady)
            {
                return null;
            }

            _isInTrouble = false;
            return _answeredAt - _since;
        }
    }
}
