using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using SsoCibaMethod.PostgreSql.Database;
using SsoCibaMethod.PostgreSql.Farm;

namespace SsoCibaMethod.PostgreSql.Store;

/// <summary>
/// Hears of changes on one connection of this process, and looks at all that somebody waits for every few seconds, and whenever the connection is new: what was told while there was none
/// is lost.
/// </summary>
internal sealed class ChangeListener(CibaDatabase database, FarmNodes farm, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan LookEach = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly ChangeWaits _waits = new();
    private readonly ConcurrentDictionary<string, NodeWatch> _watches = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();

    private Task? _running;
    private int _failures;
    private bool _isUnheard;

    public ChangeWaits.Wait Wait(string id, long versionSeen)
    {
        Start();
        return _waits.Add(id, versionSeen);
    }

    public NodeWatch Watch(string node)
    {
        Start();
        return _watches[node] = new NodeWatch(node, watch => _watches.TryRemove(KeyValuePair.Create(watch.Node, watch)));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await (_running ?? Task.CompletedTask);
        _stopping.Dispose();
    }

    private void Start()
    {
        lock (_gate)
        {
            _running ??= Task.Run(RunAsync);
        }
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await ListenAsync();
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                await GoneAsync(exception);
                await Task.Delay(Again, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync()
    {
        await database.PrepareAsync(_stopping.Token);
        await using var connection = database.CreateListener();
        await connection.OpenAsync(_stopping.Token);
        connection.Notification += (_, news) => Hear(news.Payload);
        await using (var listen = new NpgsqlCommand($"listen {database.Channel}", connection))
        {
            _ = await listen.ExecuteNonQueryAsync(_stopping.Token);
        }

        farm.Changed();
        for (var isNew = true; true; isNew = false)
        {
            await LookAsync(connection, isNew);
            Back();
            var lookedAt = time.GetTimestamp();
            while (time.GetElapsedTime(lookedAt) < LookEach)
            {
                // Ends with a notification or with its time.
                _ = await connection.WaitAsync(LookEach, _stopping.Token);
            }
        }
    }

    private void Hear(string payload)
    {
        if (payload == Statements.Joined)
        {
            farm.Changed();
            return;
        }

        // The record, its version where it was changed, and who owned it.
        if (payload.Split(' ', 3) is not [var id, var version, var owner])
        {
            return;
        }

        var isPing = version.Length == 0;
        if (!isPing)
        {
            _waits.Tell(id, long.Parse(version, CultureInfo.InvariantCulture));
        }

        if (_watches.TryGetValue(owner, out var watch))
        {
            watch.Tell(id, isPing);
        }
    }

    private async Task LookAsync(NpgsqlConnection connection, bool isNew)
    {
        var waits = _waits.Ids;
        var watches = _watches.Values.ToList();
        if (waits.Count == 0 && watches.Count == 0)
        {
            return;
        }

        var owned = watches.ToDictionary(watch => watch.Node, _ => new Dictionary<string, long>(StringComparer.Ordinal), StringComparer.Ordinal);
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand(Statements.Look.Replace("{s}", database.Schema, StringComparison.Ordinal), connection);
        Rows.Add(command, NpgsqlDbType.Array | NpgsqlDbType.Text, owned.Keys.ToArray());
        Rows.Add(command, NpgsqlDbType.Array | NpgsqlDbType.Text, waits.ToArray());
        await using (var reader = await command.ExecuteReaderAsync(_stopping.Token))
        {
            while (await reader.ReadAsync(_stopping.Token))
            {
                var (id, version) = (reader.GetString(0), reader.GetInt64(1));
                if (owned.TryGetValue(reader.GetString(2), out var known))
                {
                    known[id] = version;
                }

                versions[id] = version;
            }
        }

        foreach (var id in waits)
        {
            _waits.Tell(id, versions.TryGetValue(id, out var version) ? version : null);
        }

        watches.ForEach(watch => watch.Compare(owned[watch.Node], isNew));
    }

    // That the database is gone is for the heartbeat to tell. A connection that was cut, and is there again in a second, is no news.
    private async Task GoneAsync(Exception exception)
    {
        if (++_failures > 1 && !_isUnheard && await AnswersAsync())
        {
            _isUnheard = true;
            logger.ChangesUnheard(exception.Message);
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var command = await database.CommandAsync("select 1", _stopping.Token);
            return await command.ExecuteScalarAsync(_stopping.Token) is not null;
        }
        catch (Exception exception) when (exception is DbException or OperationCanceledException or IOException or TimeoutException)
        {
            return false;
        }
    }

    private void Back()
    {
        _failures = 0;
        if (_isUnheard)
        {
            _isUnheard = false;
            logger.ChangesHeard();
        }
    }
}
