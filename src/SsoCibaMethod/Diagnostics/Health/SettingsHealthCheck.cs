using Microsoft.Extensions.Diagnostics.HealthChecks;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod.Diagnostics.Health;

/// <summary>Whether the methods' settings are without fault.</summary>
internal sealed class SettingsHealthCheck(CibaMethodCatalog catalog) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var enabled = catalog.All.Where(method => method.Options.Enabled || method.Faults.Count > 0).ToList();
        var faults = Faults(enabled);
        if (faults.Count == 0)
        {
            return Task.FromResult(HealthCheckResult.Healthy());
        }

        const string Description = "Settings have faults; the data and the log name each with its cure.";
        return Task.FromResult(enabled.All(method => method.Faults.Count > 0)
            ? new HealthCheckResult(context.Registration.FailureStatus, Description, exception: null, faults)
            : HealthCheckResult.Degraded(Description, exception: null, faults));
    }

    private static Dictionary<string, object> Faults(IEnumerable<CibaMethod> methods) => methods.Where(method => method.Faults.Count > 0)
        .ToDictionary(method => method.Scheme, method => (object)string.Join(' ', method.Faults), StringComparer.Ordinal);
}
