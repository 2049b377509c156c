namespace SsoCibaMethod.Cli.Checks;

/// <summary>Are the settings ones that the host would take? By the host's own rules, with the place of each fault.</summary>
internal sealed class SettingsCheck : IMethodCheck
{
    public const string Id = "settings";

    public string Name => Id;

    public string? Needs => null;

    public Task<IReadOnlyList<Finding>> RunAsync(CheckedMethod method, CancellationToken cancellationToken)
    {
        var prefix = $"Method {method.Scheme}: ";
        IReadOnlyList<Finding> findings = method.Faults.Count > 0
            ? [.. method.Faults.Select(fault => Fault(method, fault.StartsWith(prefix, StringComparison.Ordinal) ? fault[prefix.Length..] : fault))]
            : [Finding.Ok(method.Options.Enabled ? "no fault" : "no fault; the method is switched off (Enabled)"), .. Assumed(method)];
        return Task.FromResult(findings);
    }

    private static Finding Fault(CheckedMethod method, string fault)
    {
        var place = method.Places.Find(method.Scheme, fault);
        return Finding.OfFault(fault, place is null ? "" : $"{place}: ");
    }

    // Which schemes the application has, only the application knows.
    private static IEnumerable<Finding> Assumed(CheckedMethod method) => HostSchemes.NamedBy(method.Options).ToList() is { Count: > 0 } schemes
        ? [Finding.Ok($"not looked at: whether the application has the scheme {string.Join(", ", schemes)}")]
        : [];
}
