using Microsoft.Extensions.Diagnostics.HealthChecks;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod.Diagnostics.Health;

/// <summary>Whether the OPs answer, by what is known already: a probe each few seconds from each node must not become a request to an OP.</summary>
internal sealed class OpHealthCheck(CibaMethodCatalog catalog, OpHealths healths) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var troubles = catalog.All.Where(method => method.Options.Enabled && method.Faults.Count == 0)
            .Select(method => (method.Scheme, Trouble: TroubleOf(method)))
            .Where(method => method.Trouble is not null)
            .ToDictionary(method => method.Scheme, method => (object)method.Trouble!, StringComparer.Ordinal);
        return Task.FromResult(troubles.Count == 0
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, "An OP does not answer, or does not fit its settings.", exception: null, troubles));
    }

    private string? TroubleOf(CibaMethod method) => CibaMethod.TroubleOf(method.Client.Provider.Last) ?? healths.Of(method.Scheme).Trouble;
}
