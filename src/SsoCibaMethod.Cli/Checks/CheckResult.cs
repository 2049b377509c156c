namespace SsoCibaMethod.Cli.Checks;

/// <summary>What came of one check.</summary>
/// <param name="Method">The method it was about; <see langword="null"/> for what all methods share.</param>
/// <param name="Check">The check's name.</param>
/// <param name="Findings">What it saw; at least one thing.</param>
internal sealed record CheckResult(string? Method, string Check, IReadOnlyList<Finding> Findings)
{
    public CheckOutcome Outcome => Findings.Max(finding => finding.Outcome);
}
