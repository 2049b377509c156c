namespace SsoCibaMethod.Client.Tests;

/// <summary>What an OP does during one login, drawn at random: a number an answer.</summary>
internal sealed record Script(int Begin, int[] Answers)
{
    // Chosen so that answers are quick, slow, held for the interval, held for 30 seconds and lost after 40.
    private static readonly double[] Latencies = [0, 0.001, 0.2, 1.9, 2, 4.999, 5, 5.001, 10, 25, 30, 40];
    private static readonly double?[] Intervals = [null, 1, 2, 5, 5, 7, 31, 1000];
    private static readonly double[] Lifetimes = [4, 30, 120, 300, 600, 600, 900, 100_000];
    private static readonly double?[] Waits = [null, null, null, null, null, null, null, null, null, null, null, 1, 6, 7, 20, 30, 90, 2_147_483_647, null, 250_000_000_000];

    public TimeSpan? Interval => Seconds(Pick(Intervals, Begin));

    public TimeSpan Lifetime => TimeSpan.FromSeconds(Pick(Lifetimes, Begin / 8));

    public TimeSpan AcknowledgedAfter => TimeSpan.FromSeconds(Pick(Latencies, Begin / 64));

    public IEnumerable<(Kind Kind, TimeSpan Latency, TimeSpan? RetryAfter)> Steps => Answers.Select(answer =>
        ((Kind)(answer % 8), TimeSpan.FromSeconds(Pick(Latencies, answer / 8)), Seconds(Pick(Waits, answer / 96))));

    private static T Pick<T>(T[] from, int number) => from[number % from.Length];

    private static TimeSpan? Seconds(double? value) => value is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>What an answer says. Pending is the usual one; an end is rare.</summary>
    internal enum Kind
    {
        Pending,
        StillPending,
        PendingAgain,
        SlowDown,
        Unavailable,
        StillUnavailable,
        AlwaysPending,
        MaybeEnd,
    }
}
