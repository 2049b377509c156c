using System.Globalization;

namespace SsoCibaMethod.Benchmarks.Measuring;

/// <summary>What the command line may choose; what it leaves open each benchmark decides.</summary>
internal sealed record BenchmarkSettings(int? Seconds, int? Rounds, int? WarmUp, int? Logins, int? Interval)
{
    public static BenchmarkSettings? TryParse(string[] arguments)
    {
        var settings = new BenchmarkSettings(null, null, null, null, null);
        foreach (var pair in arguments.Chunk(2))
        {
            if (pair is not [var name, var text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value == 0)
            {
                return null;
            }

            switch (name)
            {
                case "--seconds":
                    settings = settings with { Seconds = value };
                    break;
                case "--rounds":
                    settings = settings with { Rounds = value };
                    break;
                case "--warm-up":
                    settings = settings with { WarmUp = value };
                    break;
                case "--logins":
                    settings = settings with { Logins = value };
                    break;
                case "--interval":
                    settings = settings with { Interval = value };
                    break;
                default:
                    return null;
            }
        }

        return settings;
    }

    /// <summary>How long each side is measured in each round, and driven before the first.</summary>
    public Pace PaceOf(int seconds, int rounds, int warmUp) =>
        new(TimeSpan.FromSeconds(Seconds ?? seconds), Rounds ?? rounds, TimeSpan.FromSeconds(WarmUp ?? warmUp));
}

/// <summary>How a contest is run.</summary>
internal sealed record Pace(TimeSpan Round, int Rounds, TimeSpan WarmUp);
