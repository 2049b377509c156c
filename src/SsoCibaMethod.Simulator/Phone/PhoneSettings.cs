using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace SsoCibaMethod.Simulator.Phone;

/// <summary>Reads the settings form: all of it or, with a fault, none of it.</summary>
internal static class PhoneSettings
{
    public const int LongestInterval = 600;
    public const int LongestLifetime = 86400;
    public const int MostSlowDowns = 1000;

    public static string? Apply(IFormCollection form, CibaSimulatorOptions options)
    {
        string? interval = form["interval"];
        var seconds = 0;
        if (!string.IsNullOrWhiteSpace(interval) && !TryRead(interval, 1, LongestInterval, out seconds))
        {
            return $"The interval must be between 1 and {LongestInterval} seconds, or empty.";
        }

        if (!TryRead(form["lifetime"], 1, LongestLifetime, out var lifetime))
        {
            return $"The lifetime must be between 1 and {LongestLifetime} seconds.";
        }

        if (!TryRead(form["slow_down"], 0, MostSlowDowns, out var slowDown))
        {
            return $"The polls to slow down must be between 0 and {MostSlowDowns}.";
        }

        options.Interval = seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
        options.Lifetime = TimeSpan.FromSeconds(lifetime);
        options.SlowDownNextPolls = slowDown;
        options.UserCodeSupported = form.ContainsKey("user_code");
        return null;
    }

    private static bool TryRead(string? text, int least, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most;
}
