using Microsoft.Extensions.Diagnostics.HealthChecks;
using SsoCibaMethod.Messages;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod.Diagnostics.Health;

/// <summary>Whether what an administrator edits is without fault: the methods' settings and the texts. A bad edit shows until it is mended, though what was good before still works.</summary>
internal sealed class SettingsHealthCheck(CibaMethodCatalog catalog, MessageCatalog messages) : IHealthCheck
{
    private const string Description = "Settings or texts have faults; the data and the log name each with its cure.";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<SettingFault> faults = [.. catalog.Faults, .. messages.Faults];
        if (faults.Count == 0)
        {
            return Task.FromResult(HealthCheckResult.Healthy());
        }

        var data = faults.GroupBy(fault => fault.Method ?? fault.File ?? "", StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (object)string.Join(' ', group), StringComparer.Ordinal);
        var wanted = catalog.All.Where(method => method.Faults.Count > 0 || (method.Options.Enabled && !method.IsRetired)).ToList();
        return Task.FromResult(wanted.Count > 0 && wanted.All(method => method.Faults.Count > 0)
            ? new HealthCheckResult(context.Registration.FailureStatus, Description, exception: null, data)
            : HealthCheckResult.Degraded(Description, exception: null, data));
    }
}
