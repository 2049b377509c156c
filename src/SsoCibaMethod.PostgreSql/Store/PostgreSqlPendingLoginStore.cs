using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.PostgreSql.Database;
using SsoCibaMethod.PostgreSql.Farm;

namespace SsoCibaMethod.PostgreSql.Store;

/// <summary>Keeps pending logins in PostgreSQL, for all nodes that use one schema. Leases count by the database's clock, everything else by the application's.</summary>
internal sealed class PostgreSqlPendingLoginStore(CibaDatabase database, FarmNodes farm, TimeProvider time, ILogger<PostgreSqlPendingLoginStore> logger)
    : IPendingLoginStore, IAsyncDisposable
{
    private readonly ChangeListener _listener = new(database, farm, time, logger);

    public async Task<bool> CreateAsync(PendingLoginRecord record, CancellationToken cancellationToken)
    {
        await using var command = await database.CommandAsync(Statements.Create, cancellationToken);
        Rows.AddTo(command, record);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    public Task<PendingLoginRecord?> ReadAsync(string id, CancellationToken cancellationToken) => FindAsync(Statements.Read, id, cancellationToken);

    public Task<PendingLoginRecord?> FindByNotificationTokenHashAsync(string tokenHash, CancellationToken cancellationToken) =>
        FindAsync(Statements.FindByNotificationToken, tokenHash, cancellationToken);

    public async Task<bool> ReplaceAsync(PendingLoginRecord record, CancellationToken cancellationToken)
    {
        await using var command = await database.CommandAsync(Statements.Replace, cancellationToken);
        Rows.AddTo(command, record);
        Rows.Add(command, NpgsqlDbType.Text, database.Channel);
        return await HasRowAsync(command, cancellationToken);
    }

    public async Task WaitForChangeAsync(string id, long versionSeen, CancellationToken cancellationToken)
    {
        using var wait = _listener.Wait(id, versionSeen);

        // Looked at only now: a change before is seen here, one after is heard.
        await using var command = await database.CommandAsync(Statements.Version, cancellationToken);
        Rows.Add(command, NpgsqlDbType.Text, id);
        if (await command.ExecuteScalarAsync(cancellationToken) is long version && version == versionSeen)
        {
            await wait.Changed.WaitAsync(cancellationToken);
        }
    }

    public async Task PingAsync(string id, CancellationToken cancellationToken)
    {
        await using var command = await database.CommandAsync(Statements.Ping, cancellationToken);
        Rows.Add(command, NpgsqlDbType.Text, id);
        Rows.Add(command, NpgsqlDbType.Text, database.Channel);
        _ = await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async IAsyncEnumerable<PendingLoginNews> WatchAsync(string node, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watch = _listener.Watch(node);
        await foreach (var news in watch.News.ReadAllAsync(cancellationToken))
        {
            yield return news;
        }
    }

    public async Task<bool> HeartbeatAsync(string node, TimeSpan lease, bool isNew, CancellationToken cancellationToken)
    {
        await using var command = await database.CommandAsync(isNew ? Statements.Join : Statements.Renew, cancellationToken);
        Rows.Add(command, NpgsqlDbType.Text, node);
        Rows.Add(command, NpgsqlDbType.Interval, lease);
        if (!isNew)
        {
            return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
        }

        Rows.Add(command, NpgsqlDbType.Bytea, farm.Join(node));
        Rows.Add(command, NpgsqlDbType.Text, database.Channel);
        var isIn = await HasRowAsync(command, cancellationToken);
        farm.Changed();
        return isIn;
    }

    public async Task<IReadOnlyList<PendingLoginRecord>> ClaimAsync(string node, int maximum, CancellationToken cancellationToken)
    {
        await using var command = await database.CommandAsync(Statements.Claim, cancellationToken);
        Rows.Add(command, NpgsqlDbType.Text, node);
        Rows.Add(command, NpgsqlDbType.Integer, maximum);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<PendingLoginRecord> claimed = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            claimed.Add(Rows.Read(reader));
        }

        return claimed;
    }

    public async Task HandOverAsync(string node, IReadOnlyCollection<string> kept, CancellationToken cancellationToken)
    {
        await using var command = await database.CommandAsync(Statements.HandOver, cancellationToken);
        Rows.Add(command, NpgsqlDbType.Text, node);
        Rows.Add(command, NpgsqlDbType.Array | NpgsqlDbType.Text, kept.ToArray());
        _ = await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task ReleaseAsync(string node, CancellationToken cancellationToken)
    {
        await using var command = await database.CommandAsync(Statements.Release, cancellationToken);
        Rows.Add(command, NpgsqlDbType.Text, node);
        _ = await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<PendingLoginStarts> FindStartsBeforeAsync(string id, DateTimeOffset since, int maximum, CancellationToken cancellationToken)
    {
        await using var command = await database.CommandAsync(Statements.FindStartsBefore, cancellationToken);
        Rows.Add(command, NpgsqlDbType.Text, id);
        Rows.Add(command, NpgsqlDbType.TimestampTz, since.UtcDateTime);
        Rows.Add(command, NpgsqlDbType.Integer, maximum);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<PendingLoginStart> withHint = [];
        List<PendingLoginStart> fromAddress = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            (reader.GetBoolean(0) ? fromAddress : withHint).Add(new PendingLoginStart((PendingLoginState)reader.GetInt16(2), Rows.Time(reader, 3), Rows.Time(reader, 4)));
        }

        return new PendingLoginStarts(withHint, fromAddress);
    }

    public async Task<int> DeleteExpiredAsync(CancellationToken cancellationToken)
    {
        await using var command = await database.CommandAsync(Statements.DeleteExpired, cancellationToken);
        Rows.Add(command, NpgsqlDbType.TimestampTz, time.GetUtcNow().UtcDateTime);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private static async Task<bool> HasRowAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken);
    }

    private async Task<PendingLoginRecord?> FindAsync(string sql, string key, CancellationToken cancellationToken)
    {
        await using var command = await database.CommandAsync(sql, cancellationToken);
        Rows.Add(command, NpgsqlDbType.Text, key);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Rows.Read(reader) : null;
    }
}
