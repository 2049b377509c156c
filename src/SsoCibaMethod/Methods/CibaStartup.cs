using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsoCibaMethod.Diagnostics;

namespace SsoCibaMethod.Methods;

/// <summary>Reads all settings before the host takes its first request: a fault in code stops it there, with every fault named.</summary>
internal sealed class CibaStartup(CibaMethodCatalog catalog, IConfiguration configuration, ILogger<CibaHandler> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var faults = catalog.FaultsInCode().ToList();
        if (faults.Count > 0)
        {
            throw new OptionsValidationException(CibaDefaults.AuthenticationScheme, typeof(CibaOptions), faults);
        }

        foreach (var file in (configuration as IConfigurationRoot)?.Providers.OfType<CibaConfigurationProvider>() ?? [])
        {
            file.FaultFound = fault => logger.SettingsFileFault(fault.ToString());
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
