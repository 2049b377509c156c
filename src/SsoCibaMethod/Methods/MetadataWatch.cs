using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Client;
using SsoCibaMethod.Diagnostics;

namespace SsoCibaMethod.Methods;

/// <summary>
/// Reads the OPs' metadata in the background, after start and ever again, and logs what changes. An OP that is down never stops the host;
/// one whose metadata does not fit closes its method until it does.
/// </summary>
internal sealed class MetadataWatch(CibaMethodCatalog catalog, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<CibaHandler> logger) : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, ProviderMetadataResult> _last = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // After the server listens: in development the OP may be this very process.
        await Task.Delay(Timeout.InfiniteTimeSpan, time, lifetime.ApplicationStarted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var timer = new PeriodicTimer(LookInterval, time);
        do
        {
            await Task.WhenAll(catalog.All.Where(method => method.Options.Enabled && method.Faults.Count == 0).Select(method => LookAsync(method, stoppingToken)));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CibaMethod method, CancellationToken cancellationToken)
    {
        var result = await method.Client.Provider.GetAsync(cancellationToken);
        lock (_last)
        {
            if (_last.GetValueOrDefault(method.Scheme)?.GetType() == result.GetType())
            {
                return;
            }

            _last[method.Scheme] = result;
        }

        switch (result)
        {
            case ProviderMetadataResult.Usable { Metadata: var metadata }:
                logger.MetadataRead(method.Scheme, metadata.Issuer);
                break;
            case ProviderMetadataResult.Mismatch { Faults: var faults }:
                logger.MetadataMismatch(method.Scheme, string.Join(' ', faults));
                break;
            case ProviderMetadataResult.Unavailable { Cause: var cause }:
                logger.MetadataUnavailable(method.Scheme, cause);
                break;
        }
    }
}
