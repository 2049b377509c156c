using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Client;
using SsoCibaMethod.Diagnostics;

namespace SsoCibaMethod.Methods;

/// <summary>
/// Reads the OPs' metadata in the background, after start and ever again, and logs what changes. An OP that is down never stops the host;
/// one whose metadata does not fit closes its method until it does.
/// </summary>
internal sealed class MetadataWatch(CibaMethodCatalog catalog, OpHealths healths, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<CibaHandler> logger) : BackgroundService
{
    // As often as new settings may come, and documents on disk be replaced; the network is asked when what was read has become old.
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Told> _told = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // After the server listens: in development the OP may be this very process.
        await Task.Delay(Timeout.InfiniteTimeSpan, time, lifetime.ApplicationStarted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var timer = new PeriodicTimer(LookInterval, time);
        do
        {
            await Task.WhenAll(catalog.All.Where(IsDue).ToList().Select(method => LookAsync(method, stoppingToken)));
            healths.Look(catalog.All);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // An OP that does not answer is not asked each time.
    private bool IsDue(CibaMethod method) => method is { HasClient: true, Options.Enabled: true }
        && (_told.GetValueOrDefault(method.Scheme) is not { Result: ProviderMetadataResult.Unavailable } told || told.Method != method || time.GetElapsedTime(told.At) >= RetryInterval);

    private async Task LookAsync(CibaMethod method, CancellationToken cancellationToken)
    {
        var result = await method.Client.Provider.GetAsync(cancellationToken);
        var now = new Told(method, result, method.Client.Provider.RefreshFault, time.GetTimestamp());
        Told? before;
        lock (_told)
        {
            before = _told.GetValueOrDefault(method.Scheme);
            _told[method.Scheme] = now;
        }

        if (before?.Method != method || before.Result.GetType() != result.GetType())
        {
            Tell(method.Scheme, result);
        }

        if (now.RefreshFault is { } cause && before?.RefreshFault != cause)
        {
            logger.MetadataKept(method.Scheme, cause);
        }
    }

    private void Tell(string method, ProviderMetadataResult result)
    {
        switch (result)
        {
            case ProviderMetadataResult.Usable { Metadata: var metadata }:
                logger.MetadataRead(method, metadata.Issuer);
                break;
            case ProviderMetadataResult.Mismatch { Cause: var cause }:
                logger.MetadataMismatch(method, cause);
                break;
            case ProviderMetadataResult.Unavailable { Cause: var cause }:
                logger.MetadataUnavailable(method, cause);
                break;
        }
    }

    private sealed record Told(CibaMethod Method, ProviderMetadataResult Result, string? RefreshFault, long At);
}
