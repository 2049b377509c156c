namespace SsoCibaMethod.Conformance.Tests;

/// <summary>All modules there is a handler for, and the reasons for those without one.</summary>
internal static class Plan
{
    public static readonly IReadOnlyList<Module> Modules =
        [.. PositiveModules.All, .. AcknowledgementModules.All, .. TokenAnswerModules.All, .. IdTokenModules.All, .. ConnectIdModules.All, .. PingModules.All];

    /// <summary>Why a module is not played, by its name.</summary>
    public static readonly IReadOnlyDictionary<string, string> Reasons = new Dictionary<string, string>();

    /// <summary>What is wrong with the handlers, measured by the list of names; each fault names its module.</summary>
    public static IEnumerable<string> Faults(IReadOnlyList<string> names, IReadOnlyList<string> handlers, IReadOnlyDictionary<string, string> reasons)
    {
        foreach (var name in names.Where(name => !handlers.Contains(name) && string.IsNullOrWhiteSpace(reasons.GetValueOrDefault(name))))
        {
            yield return $"{name} has neither a handler nor a reason.";
        }

        foreach (var name in handlers.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key))
        {
            yield return $"{name} has more than one handler.";
        }

        foreach (var name in handlers.Concat(reasons.Keys).Distinct().Except(names))
        {
            yield return $"{name} is no module of the plan.";
        }

        foreach (var name in handlers.Intersect(reasons.Keys))
        {
            yield return $"{name} has a handler and a reason not to have one.";
        }
    }
}
