using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Diagnostics;

namespace SsoCibaMethod.Methods;

/// <summary>
/// Looks every few seconds whether a key, secret, certificate or registration document of a method was replaced under its name, and reads that method, or its certificate, again.
/// A look costs some system calls a file, and works on every kind of volume, links that are swapped included.
/// </summary>
internal sealed class KeyFileWatch(CibaMethodCatalog catalog, TimeProvider time, ILogger<CibaHandler> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(3);

    private ITimer? _timer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(_ => Look(), null, LookInterval, LookInterval);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _timer?.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        try
        {
            catalog.ReadChangedFiles();
            catalog.LookAtCertificates();
        }
        catch (Exception exception)
        {
            // This runs in a timer, where what is not caught ends the process.
            logger.FileWatchSurprise(exception);
        }
    }
}
