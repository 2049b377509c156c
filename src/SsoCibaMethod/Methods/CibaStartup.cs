using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsoCibaMethod.Client;
using SsoCibaMethod.Diagnostics;

namespace SsoCibaMethod.Methods;

/// <summary>
/// Reads all settings before the host takes its first request: a fault in code stops it there, with every fault named. The OPs' metadata needs the
/// network, so it is read in the background; an OP that is down never stops the host.
/// </summary>
internal sealed class CibaStartup(CibaMethodCatalog catalog, IConfiguration configuration, ILogger<CibaHandler> logger) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var faults = catalog.FaultsInCode().ToList();
        if (faults.Count > 0)
        {
            throw new OptionsValidationException(CibaDefaults.AuthenticationScheme, typeof(CibaOptions), faults);
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var file in (configuration as IConfigurationRoot)?.Providers.OfType<CibaConfigurationProvider>() ?? [])
        {
            file.FaultFound = fault => logger.SettingsFileFault(fault);
        }

        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        // After the server listens: in development the OP may be this very process.
        foreach (var method in catalog.All.Where(method => method.IsOpen))
        {
            _ = Task.Run(() => ReadMetadataAsync(method), CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => _stopping.CancelAsync();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    private async Task ReadMetadataAsync(CibaMethod method)
    {
        try
        {
            switch (await method.Client.Provider.GetAsync(_stopping.Token))
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
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }
}
