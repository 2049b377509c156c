using SsoCibaMethod.Client;

namespace SsoCibaMethod;

/// <summary>What must hold of durations.</summary>
internal static class TimeRules
{
    private static readonly TimeSpan GreatestClockSkew = TimeSpan.FromMinutes(5);

    public static IEnumerable<string> Faults(CibaOptions options)
    {
        foreach (var (setting, value) in new[] { ("Polling:Interval", options.Polling.Interval), ("Polling:IntervalIncrease", options.Polling.IntervalIncrease) })
        {
            if (value < PollSettings.Least || value > TimeSpan.FromMinutes(5))
            {
                yield return $"{setting} is \"{value:c}\"; write a duration from \"00:00:05\" to \"00:05:00\".";
            }
        }

        if (options.ClockSkew < TimeSpan.Zero || options.ClockSkew > GreatestClockSkew)
        {
            yield return $"ClockSkew is \"{options.ClockSkew:c}\"; write a duration up to \"00:05:00\".";
        }

        if (options.MaximumLifetime < TimeSpan.FromSeconds(30) || options.MaximumLifetime > TimeSpan.FromHours(24))
        {
            yield return $"MaximumLifetime is \"{options.MaximumLifetime:c}\"; write a duration from \"00:00:30\" to \"24:00:00\".";
        }

        if (options.RequestedExpiry is { } expiry && (expiry < TimeSpan.FromSeconds(1) || expiry.Ticks % TimeSpan.TicksPerSecond != 0))
        {
            yield return $"RequestedExpiry is \"{expiry:c}\"; write whole seconds, at least one.";
        }

        if (options.BackchannelTimeout < TimeSpan.FromSeconds(35) || options.BackchannelTimeout > TimeSpan.FromMinutes(5))
        {
            yield return $"BackchannelTimeout is \"{options.BackchannelTimeout:c}\"; set it from 35 seconds to 5 minutes, since an OP may hold an answer for 30.";
        }
    }
}
