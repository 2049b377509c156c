using SsoCibaMethod.Testing.Fuzzing;

namespace SsoCibaMethod.Tests.Scale;

/// <summary>What is left to chance: how long things take, and what people do.</summary>
internal sealed class Chance(ulong seed, int slowWires)
{
    /// <summary>To the OP and back at the worst.</summary>
    public static readonly TimeSpan SlowestRoundTrip = TimeSpan.FromSeconds(1.6);

    private readonly FuzzRandom _random = new(seed);

    public bool OneIn(int chances) => _random.OneIn(chances);

    public int Below(int bound) => _random.Below(bound);

    public TimeSpan Between(double least, double most) => TimeSpan.FromSeconds(least + ((most - least) * Fraction()));

    /// <summary>A wait until the next of events that happen at random, so many seconds apart on average.</summary>
    public TimeSpan Exponential(double mean) => TimeSpan.FromSeconds(-mean * Math.Log(1 - Fraction()));

    /// <summary>One way to the OP or back.</summary>
    public TimeSpan Wire() => OneIn(slowWires) ? Between(0.08, 0.8) : Between(0.002, 0.08);

    /// <summary>One way to the store or back; sometimes it is under load.</summary>
    public TimeSpan StoreWire() => OneIn(200) ? Between(0.005, 1) : Between(0.0002, 0.005);

    /// <summary>How long the OP thinks about a poll that it does not hold.</summary>
    public TimeSpan OpWork() => OneIn(100) ? Between(0.05, 2) : Between(0.001, 0.05);

    private double Fraction() => (_random.Next() >> 11) * (1.0 / (1UL << 53));
}
