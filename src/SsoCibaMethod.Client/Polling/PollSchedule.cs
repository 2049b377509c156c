namespace SsoCibaMethod.Client;

/// <summary>
/// The rule of when to ask next, and nothing else: given what was answered and when, it says when the next poll may leave (CIBA Core §7.3, §10.1, §11).
/// All instants are readings of one monotonic clock.
/// </summary>
/// <remarks>
/// The specification counts the interval from the sending of a poll; the OpenID conformance suite from the making of its answer.
/// Both hold here: an answer that took the interval or longer is followed at once, any other by a full interval from its receipt.
/// So a sending must not be given earlier than it was: a process that stood still before the request left, or before the answer was read, would take that for the OP's holding, and ask
/// too early. <see cref="TokenResponse.HeldFor"/> leaves such time out. What cannot be told from here is the wire: an answer that took just the interval took up to a round trip less by
/// the OP's clock.
/// </remarks>
public readonly record struct PollSchedule
{
    // RFC 8628 §3.5 asks for a growing pause after failed connections; it never grows beyond this.
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(30);

    // Beyond every deadline, and safe to add to a clock.
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(365);

    private readonly PollSettings _settings;
    private readonly bool _isPinged;

    // When the interval alone would allow the next poll; what comes later is the fallback behind ping.
    private readonly TimeSpan _allowedFrom;

    private PollSchedule(PollSettings settings, bool isPinged, TimeSpan interval, TimeSpan allowedFrom, TimeSpan nextPoll, TimeSpan deadline, int failures)
    {
        _settings = settings;
        _isPinged = isPinged;
        _allowedFrom = allowedFrom;
        Interval = interval;
        NextPoll = nextPoll;
        Deadline = deadline;
        Failures = failures;
    }

    /// <summary>The interval in force. It never shrinks.</summary>
    public TimeSpan Interval { get; }

    /// <summary>The instant before which no poll may leave.</summary>
    public TimeSpan NextPoll { get; }

    /// <summary>The instant at which the login has expired, whatever the OP says. No poll leaves at it or after it.</summary>
    public TimeSpan Deadline { get; }

    /// <summary>How many polls in a row brought no usable answer.</summary>
    public int Failures { get; }

    /// <summary>Whether too many polls in a row brought no usable answer.</summary>
    public bool IsGivenUp => Failures >= _settings.MaximumConsecutiveFailures;

    /// <summary>When to do something next: the next poll, or the deadline if that comes first.</summary>
    public TimeSpan Due => NextPoll < Deadline ? NextPoll : Deadline;

    /// <summary>The schedule of a login just acknowledged: the first poll comes one interval later.</summary>
    /// <param name="sentAt">When the backchannel authentication request was sent; the lifetime counts from here.</param>
    /// <param name="acknowledgedAt">When the acknowledgement arrived.</param>
    /// <param name="acknowledgement">The acknowledgement.</param>
    /// <param name="settings">What the client decides.</param>
    /// <returns>The schedule.</returns>
    public static PollSchedule Begin(
        TimeSpan sentAt, TimeSpan acknowledgedAt, BackchannelAuthenticationResponse.Acknowledged acknowledgement, PollSettings settings)
    {
        ArgumentNullException.ThrowIfNull(acknowledgement);
        ArgumentNullException.ThrowIfNull(settings);
        var lifetime = Lesser(acknowledgement.ExpiresIn, settings.MaximumLifetime);
        var interval = Lesser(acknowledgement.Interval ?? Greater(settings.Interval, PollSettings.Least), settings.MaximumLifetime);
        var deadline = sentAt + lifetime;
        var first = Fallback(acknowledgedAt + interval, acknowledgedAt + settings.FallbackInterval, deadline - interval);
        return new PollSchedule(settings, isPinged: false, interval, acknowledgedAt, first, deadline, failures: 0);
    }

    /// <summary>Goes on with a login whose polling somebody else began: the first poll comes one interval from now.</summary>
    /// <param name="now">The present.</param>
    /// <param name="interval">The interval in force.</param>
    /// <param name="remaining">What is left of the lifetime.</param>
    /// <param name="settings">What the client decides.</param>
    /// <returns>The schedule.</returns>
    public static PollSchedule Resume(TimeSpan now, TimeSpan interval, TimeSpan remaining, PollSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new PollSchedule(settings, isPinged: false, interval, now + interval, now + interval, now + remaining, failures: 0);
    }

    /// <summary>After <c>authorization_pending</c>.</summary>
    /// <param name="sentAt">When the poll was sent.</param>
    /// <param name="receivedAt">When its answer was there.</param>
    /// <param name="retryAfter">The OP's <c>Retry-After</c>; it can only lengthen the wait.</param>
    /// <returns>The schedule from here on.</returns>
    public PollSchedule AfterPending(TimeSpan sentAt, TimeSpan receivedAt, TimeSpan? retryAfter = null) =>
        After(Interval, sentAt, receivedAt, retryAfter, failures: 0);

    /// <summary>After <c>slow_down</c>: the interval grows for this and all later polls (CIBA Core §11).</summary>
    /// <param name="sentAt">When the poll was sent.</param>
    /// <param name="receivedAt">When its answer was there.</param>
    /// <param name="retryAfter">The OP's <c>Retry-After</c>; it can only lengthen the wait.</param>
    /// <returns>The schedule from here on.</returns>
    public PollSchedule AfterSlowDown(TimeSpan sentAt, TimeSpan receivedAt, TimeSpan? retryAfter = null) =>
        After(Interval + Greater(_settings.IntervalIncrease, PollSettings.Least), sentAt, receivedAt, retryAfter, failures: 0);

    /// <summary>After a poll without a usable answer: the interval at least, and longer with each failure in a row.</summary>
    /// <param name="sentAt">When the poll was sent.</param>
    /// <param name="receivedAt">When it was known that no answer comes.</param>
    /// <param name="retryAfter">The OP's <c>Retry-After</c>; it can only lengthen the wait.</param>
    /// <returns>The schedule from here on.</returns>
    public PollSchedule AfterUnavailable(TimeSpan sentAt, TimeSpan receivedAt, TimeSpan? retryAfter = null)
    {
        var backOff = Lesser(TimeSpan.FromSeconds(1 << Math.Min(Failures, 10)), LongestBackOff);
        return After(Interval, sentAt, receivedAt, retryAfter is { } wait ? Greater(wait, backOff) : backOff, Failures + 1);
    }

    /// <summary>
    /// After a ping (CIBA Core §10.2): the result is there, so the next poll leaves as soon as the interval since the last answer allows; at once where nothing
    /// was asked yet. From here on the interval alone counts, should that poll bring nothing.
    /// </summary>
    /// <param name="now">The present.</param>
    /// <returns>The schedule from here on.</returns>
    public PollSchedule AfterPing(TimeSpan now) =>
        new(_settings, isPinged: true, Interval, _allowedFrom, Lesser(NextPoll, Greater(now, _allowedFrom)), Deadline, Failures);

    private PollSchedule After(TimeSpan interval, TimeSpan sentAt, TimeSpan receivedAt, TimeSpan? retryAfter, int failures)
    {
        var allowedFrom = Next(interval, sentAt, receivedAt, retryAfter);
        var next = _isPinged
            ? allowedFrom
            : Fallback(allowedFrom, Next(Greater(interval, _settings.FallbackInterval), sentAt, receivedAt, retryAfter), Deadline - interval);
        return new(_settings, _isPinged, interval, allowedFrom, next, Deadline, failures);
    }

    // Behind ping the next poll waits, but not beyond the last that may be of use: a call that was lost is not repeated.
    private static TimeSpan Fallback(TimeSpan allowedFrom, TimeSpan fallback, TimeSpan last) => Greater(allowedFrom, Lesser(fallback, last));

    private static TimeSpan Next(TimeSpan interval, TimeSpan sentAt, TimeSpan receivedAt, TimeSpan? retryAfter)
    {
        var earliest = receivedAt - sentAt >= interval ? receivedAt : receivedAt + interval;
        return retryAfter is { } wait ? Greater(earliest, receivedAt + Lesser(wait, LongestRetryAfter)) : earliest;
    }

    private static TimeSpan Lesser(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Greater(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
