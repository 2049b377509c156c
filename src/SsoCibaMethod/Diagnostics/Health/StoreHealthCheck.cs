using Microsoft.Extensions.Diagnostics.HealthChecks;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Diagnostics.Health;

/// <summary>Whether the store of the pending logins answers: it is asked for a record that nobody has.</summary>
internal sealed class StoreHealthCheck(IPendingLoginStore store, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    // An id has 22 characters, and that a hash begins with so many zeros does not happen.
    private static readonly string Nobody = new('A', 22);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            using var limit = new CancellationTokenSource(Limit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);

            // Where the network swallows everything, even breaking off may take for ever.
            _ = await Task.Run(() => store.ReadAsync(Nobody, either.Token), cancellationToken).WaitAsync(Limit, time, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // By its kind alone: what a driver says may hold the address of the database, and this is shown to whoever may ask.
            return new HealthCheckResult(context.Registration.FailureStatus, $"The store of the pending logins does not answer ({exception.GetType().Name}); the log says why.");
        }
    }
}
