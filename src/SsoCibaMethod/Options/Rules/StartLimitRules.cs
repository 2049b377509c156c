namespace SsoCibaMethod;

/// <summary>What must hold of the limits on starting.</summary>
internal static class StartLimitRules
{
    private static readonly TimeSpan LongestWindow = TimeSpan.FromHours(1);

    public static IEnumerable<string> Faults(CibaOptions options)
    {
        var limits = options.StartLimits;
        foreach (var (setting, value) in new[]
        {
            ("PerHint", limits.PerHint), ("PerAddress", limits.PerAddress), ("PerBrowser", limits.PerBrowser), ("UserCodes", limits.UserCodes),
        })
        {
            if (value is < 1 or > 10_000)
            {
                yield return $"StartLimits:{setting} is {value}; write a number from 1 to 10000, or set StartLimits:Enabled to false.";
            }
        }

        if (limits.Window < TimeSpan.FromSeconds(10) || limits.Window > LongestWindow)
        {
            yield return $"StartLimits:Window is \"{limits.Window:c}\"; write a duration from \"00:00:10\" to \"01:00:00\".";
        }

        if (limits.Cooldown < TimeSpan.Zero || limits.Cooldown > limits.Window)
        {
            yield return $"StartLimits:Cooldown is \"{limits.Cooldown:c}\"; write a duration up to that of StartLimits:Window.";
        }

        if (options.BindingMessage.Delay < TimeSpan.Zero || options.BindingMessage.Delay > TimeSpan.FromSeconds(3))
        {
            yield return $"BindingMessage:Delay is \"{options.BindingMessage.Delay:c}\"; write a duration up to \"00:00:03\".";
        }
    }
}
