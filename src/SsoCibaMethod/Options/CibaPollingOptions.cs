namespace SsoCibaMethod;

/// <summary>How often the OP is asked where it does not say itself.</summary>
public sealed class CibaPollingOptions
{
    /// <summary>The interval where the OP gives none; 5 seconds by default and at least. Ubisecure's <c>polling.interval</c>.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>By how much <c>slow_down</c> lengthens the interval for good; 5 seconds by default and at least. Ubisecure's <c>polling.interval.increase</c>.</summary>
    public TimeSpan IntervalIncrease { get; set; } = TimeSpan.FromSeconds(5);
}
