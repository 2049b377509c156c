using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using SsoCibaMethod.PostgreSql.Database;
using SsoCibaMethod.PostgreSql.Store;

namespace SsoCibaMethod.PostgreSql.Farm;

/// <summary>
/// Each node reads the word of the others when it has joined, and that of each node that joins later: what a web farm lacks is named at the start, and not by a user whose login
/// fails half the time. In between it does nothing.
/// </summary>
internal sealed class FarmCheck(CibaDatabase database, FarmNodes farm, TimeProvider time, ILogger<FarmCheck> logger) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await farm.WaitAsync(stoppingToken);
                await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
            {
                // The store tells that the database is gone.
                farm.Changed();
                await Task.Delay(Again, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var read = await database.CommandAsync(Statements.Probes, cancellationToken);
        Rows.Add(read, NpgsqlDbType.Array | NpgsqlDbType.Text, _known.Concat(farm.Own).ToArray());
        await using var reader = await read.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var other = reader.GetString(0);
            _ = _known.Add(other);
            if (farm.Fault(await reader.GetFieldValueAsync<byte[]>(1, cancellationToken)) is { } fault)
            {
                logger.FarmFault(other, fault);
            }
            else
            {
                logger.FarmReady(other);
            }
        }
    }
}
