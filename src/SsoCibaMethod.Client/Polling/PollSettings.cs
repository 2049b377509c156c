namespace SsoCibaMethod.Client;

/// <summary>What the client decides of the schedule of polls; the OP's own interval wins.</summary>
public sealed class PollSettings
{
    /// <summary>The least that either interval may be set to (CIBA Core §7.3, §11).</summary>
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(5);

    // Often enough that a lost call costs little, seldom enough that the OP is spared the polls ping is there to save.
    private static readonly TimeSpan BehindPing = TimeSpan.FromSeconds(30);

    /// <summary>The interval where the OP gives none; 5 seconds by default and at least.</summary>
    public TimeSpan Interval { get; init; } = Least;

    /// <summary>By how much <c>slow_down</c> lengthens the interval, for good; 5 seconds by default and at least.</summary>
    public TimeSpan IntervalIncrease { get; init; } = Least;

    /// <summary>
    /// The least time between two polls as long as the OP has not called: in ping mode polling only makes up for a call that was lost. Zero by default, which is
    /// poll mode; <see cref="For"/> gives ping mode 30 seconds. It only ever lengthens the interval.
    /// </summary>
    public TimeSpan FallbackInterval { get; init; }

    /// <summary>The longest a login lives, whatever the OP says; 15 minutes by default.</summary>
    public TimeSpan MaximumLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How many polls in a row may stay without a usable answer before the login is given up; 20 by default.</summary>
    public int MaximumConsecutiveFailures { get; init; } = 20;

    /// <summary>The settings as a delivery mode wants them: in ping mode with a <see cref="FallbackInterval"/> of 30 seconds where none is set.</summary>
    /// <param name="mode">How the OP delivers the outcome.</param>
    /// <returns>These settings, or new ones.</returns>
    public PollSettings For(TokenDeliveryMode mode) => mode != TokenDeliveryMode.Ping || FallbackInterval > TimeSpan.Zero ? this : new PollSettings
    {
        Interval = Interval,
        IntervalIncrease = IntervalIncrease,
        FallbackInterval = BehindPing,
        MaximumLifetime = MaximumLifetime,
        MaximumConsecutiveFailures = MaximumConsecutiveFailures,
    };
}
