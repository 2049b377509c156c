using Microsoft.Extensions.Hosting;
using Npgsql;

namespace SsoCibaMethod.PostgreSql.Database;

/// <summary>
/// Brings the tables up to date before anything else starts. A fault that an administrator must mend stops the start; a database that cannot be reached now does not, since it may be
/// back in a moment.
/// </summary>
internal sealed class DatabaseStartup(CibaDatabase database) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await database.PrepareAsync(cancellationToken);
        }
        catch (NpgsqlException exception) when (exception.IsTransient)
        {
            // The first heartbeat tells of it.
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
