namespace SsoCibaMethod.Client;

/// <summary>What the client decides of the schedule of polls; the OP's own interval wins.</summary>
public sealed class PollSettings
{
    /// <summary>The least that either interval may be set to (CIBA Core §7.3, §11).</summary>
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(5);

    /// <summary>The interval where the OP gives none; 5 seconds by default and at least.</summary>
    public TimeSpan Interval { get; init; } = Least;

    /// <summary>By how much <c>slow_down</c> lengthens the interval, for good; 5 seconds by default and at least.</summary>
    public TimeSpan IntervalIncrease { get; init; } = Least;

    /// <summary>
    /// The least time between two polls as long as the OP has not called: in ping mode polling only makes up for a call that was lost. Zero by default, which is
    /// poll mode; <see cref="CibaClient.WaitAsync"/> takes 30 seconds for it in ping mode. It only ever lengthens the interval.
    /// </summary>
    public TimeSpan FallbackInterval { get; init; }

    /// <summary>The longest a login lives, whatever the OP says; 15 minutes by default.</summary>
    public TimeSpan MaximumLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How many polls in a row may stay without a usable answer before the login is given up; 20 by default.</summary>
    public int MaximumConsecutiveFailures { get; init; } = 20;

    /// <summary>The same for a client the OP calls.</summary>
    internal PollSettings BehindPing() => FallbackInterval > TimeSpan.Zero ? this : new PollSettings
    {
        Interval = Interval,
        IntervalIncrease = IntervalIncrease,
        FallbackInterval = TimeSpan.FromSeconds(30),
        MaximumLifetime = MaximumLifetime,
        MaximumConsecutiveFailures = MaximumConsecutiveFailures,
    };
}
