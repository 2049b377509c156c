namespace SsoCibaMethod;

/// <summary>What must hold of the settings that say what a burst is.</summary>
internal static class SecurityEventRules
{
    public static IEnumerable<string> Faults(CibaOptions options)
    {
        var events = options.SecurityEvents;
        foreach (var (setting, value) in new[]
        {
            ("DeclinesPerHint", events.DeclinesPerHint), ("DeclinesPerMethod", events.DeclinesPerMethod), ("UnknownUsersPerMethod", events.UnknownUsersPerMethod),
        })
        {
            if (value is < 0 or > 10_000)
            {
                yield return $"SecurityEvents:{setting} is {value}; write a number up to 10000, or 0 for none.";
            }
        }

        if (events.Window < TimeSpan.FromSeconds(10) || events.Window > TimeSpan.FromHours(1))
        {
            yield return $"SecurityEvents:Window is \"{events.Window:c}\"; write a duration from \"00:00:10\" to \"01:00:00\".";
        }
    }
}
