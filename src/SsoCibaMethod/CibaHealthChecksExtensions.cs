using Microsoft.Extensions.Diagnostics.HealthChecks;
using SsoCibaMethod.Diagnostics.Health;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what an orchestrator or a monitor asks of sign-in by CIBA.</summary>
public static class CibaHealthChecksExtensions
{
    /// <summary>
    /// Adds three checks. <c>ciba-settings</c> is degraded while a method is switched off by a fault, and unhealthy while no method works. <c>ciba-op</c> is degraded while an OP does
    /// not answer or does not fit its settings: it goes by what the logins found and asks no OP, and is never unhealthy, since another node would fare no better.
    /// <c>ciba-store</c> is unhealthy while the store of the pending logins does not answer within two seconds. Their data names methods and causes, never a secret.
    /// </summary>
    /// <param name="builder">The application's health checks.</param>
    /// <param name="tags">Tags of the three, by which an address shows some checks and not others; none by default.</param>
    /// <returns>The builder.</returns>
    public static IHealthChecksBuilder AddCiba(this IHealthChecksBuilder builder, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var all = tags?.ToArray();
        return builder
            .AddCheck<SettingsHealthCheck>("ciba-settings", failureStatus: null, all ?? [])
            .AddCheck<OpHealthCheck>("ciba-op", HealthStatus.Degraded, all ?? [])
            .AddCheck<StoreHealthCheck>("ciba-store", failureStatus: null, all ?? []);
    }
}
