using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using SsoCibaMethod.PostgreSql.Database;
using SsoCibaMethod.PostgreSql.Store;

namespace SsoCibaMethod.PostgreSql.Farm;

/// <summary>
/// Each node writes a word under its data protection and reads the others': what a web farm lacks is named at the start, and not by a user whose login fails half the time.
/// </summary>
internal sealed class FarmCheck(CibaDatabase database, IDataProtectionProvider dataProtection, TimeProvider time, ILogger<FarmCheck> logger) : BackgroundService
{
    private const string Word = "SsoCibaMethod";

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(10);

    private readonly string _instance = $"{Environment.MachineName}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
    private readonly IDataProtector _protector = dataProtection.CreateProtector("SsoCibaMethod", "FarmCheck", "v1");
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Writes this node's word, and tries to read those of the nodes seen in the last minute, each once.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(cancellationToken);
        await using var read = await database.CommandAsync(
            "select instance, probe from {s}.probes where instance <> $1 and written_at > clock_timestamp() - interval '1 minute'", cancellationToken);
        Rows.Add(read, NpgsqlDbType.Text, _instance);
        await using var reader = await read.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (_known.Add(reader.GetString(0)))
            {
                Judge(reader.GetString(0), await reader.GetFieldValueAsync<byte[]>(1, cancellationToken));
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Each, time);
        do
        {
            try
            {
                await CheckAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
            {
                // The store tells that the database is gone.
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(tick => tick.IsCompletedSuccessfully && tick.Result, TaskScheduler.Default));
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        await using var write = await database.CommandAsync(
            """
            with old as (delete from {s}.probes where written_at < clock_timestamp() - interval '1 hour')
            insert into {s}.probes (instance, probe, written_at) values ($1, $2, clock_timestamp())
            on conflict (instance) do update set probe = excluded.probe, written_at = excluded.written_at
            """,
            cancellationToken);
        Rows.Add(write, NpgsqlDbType.Text, _instance);
        Rows.Add(write, NpgsqlDbType.Bytea, _protector.Protect(Encoding.UTF8.GetBytes(Word)));
        _ = await write.ExecuteNonQueryAsync(cancellationToken);
    }

    private void Judge(string other, byte[] probe)
    {
        try
        {
            _ = _protector.Unprotect(probe);
            logger.FarmReady(other);
        }
        catch (CryptographicException exception)
        {
            logger.FarmFault(other, exception.Message);
        }
    }
}
