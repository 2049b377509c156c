namespace SsoCibaMethod.Cli.Checks;

/// <summary>All checks of a method in their order, and the running of them: each within its time, none whose ground is missing.</summary>
internal static class MethodChecks
{
    public static readonly IReadOnlyList<IMethodCheck> All =
    [
        new SettingsCheck(),
        new KeysCheck(),
        new MetadataCheck(),
        new TlsCheck(),
        new OfferCheck(),
        new AssertionCheck(),
        new ClockCheck(),
        new ClientCheck(),
    ];

    // Each request in a check has 10 seconds of its own at most.
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    public static async Task<IReadOnlyList<CheckResult>> RunAsync(CheckedMethod method, CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>();
        foreach (var check in All)
        {
            var ground = results.Find(result => result.Check == check.Needs);
            var findings = ground?.Outcome is CheckOutcome.Error or CheckOutcome.Skipped
                ? [Finding.Skipped($"needs {check.Needs}, see there")]
                : await RunAsync(check, method, cancellationToken);
            results.Add(new CheckResult(method.Scheme, check.Name, findings));
        }

        return results;
    }

    private static async Task<IReadOnlyList<Finding>> RunAsync(IMethodCheck check, CheckedMethod method, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeLimit, method.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await check.RunAsync(method, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [Finding.Error($"no end within {TimeLimit.TotalSeconds:0} seconds", "See whether the OP, or a proxy on the way to it, is slow or swallows requests.")];
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not OutOfMemoryException)
        {
            // A check that breaks must not hide what the others see.
            return [Finding.Error($"the check itself broke: {exception.GetType().Name}: {exception.Message}", "Please report it.")];
        }
    }
}
