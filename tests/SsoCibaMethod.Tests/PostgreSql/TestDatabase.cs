using System.Collections.Concurrent;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using SsoCibaMethod.PostgreSql.Database;
using SsoCibaMethod.PostgreSql.Farm;
using SsoCibaMethod.PostgreSql.Store;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Tests.PostgreSql;

/// <summary>A schema of its own on the server of the test run, and stores on it, each with its own connections as on a node of its own.</summary>
internal sealed class TestDatabase(string connectionString) : IAsyncDisposable
{
    // By what they did last: to listen, or to look. Who asks for them names both.
    private const string Listeners = "from pg_stat_activity where (query like 'listen {s}%' or query like '%{s}.logins where owner = any%') and pid <> pg_backend_pid()";

    private readonly ConcurrentBag<IAsyncDisposable> _parts = [];

    public TestDatabase()
        : this(Server.Path)
    {
    }

    public static RequiredPart Server { get; } = new(
        "PostgreSQL",
        "run tests/run.sh, which starts one, or name one by the environment variable CIBA_POSTGRESQL: its connection string",
        () => Environment.GetEnvironmentVariable("CIBA_POSTGRESQL") is { Length: > 0 } connectionString ? connectionString : null);

    public string ConnectionString => connectionString;

    public string Schema { get; } = "t" + Guid.NewGuid().ToString("N")[..20];

    public CapturedLog Log { get; } = new();

    public CibaDatabase Connect(string? user = null, string settings = "")
    {
        var all = new NpgsqlConnectionStringBuilder($"{connectionString};{settings}") { MaxPoolSize = 20 };
        all.Username = user ?? all.Username;
        var database = new CibaDatabase(Options.Create(new PostgreSqlStoreOptions { ConnectionString = all.ConnectionString, Schema = Schema }), Logger<CibaDatabase>());
        _parts.Add(database);
        return database;
    }

    public PostgreSqlPendingLoginStore CreateStore(TimeProvider? time = null, CibaDatabase? database = null)
    {
        var store = new PostgreSqlPendingLoginStore(database ?? Connect(), new FarmNodes(new EphemeralDataProtectionProvider()), time ?? TimeProvider.System, Logger<PostgreSqlPendingLoginStore>());
        _parts.Add(store);
        return store;
    }

    public ILogger<T> Logger<T>() => LoggerFactory.Create(builder => builder.AddProvider(Log)).CreateLogger<T>();

    /// <summary>Runs a statement as the server's administrator; <c>{s}</c> in it stands for the schema.</summary>
    public async Task<object?> RunAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql.Replace("{s}", Schema, StringComparison.Ordinal));
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Waits until a store hears of changes.</summary>
    public async Task ListeningAsync()
    {
        while ((long)(await RunAsync($"select count(*) {Listeners}"))! == 0)
        {
            await Task.Yield();
        }
    }

    /// <summary>Cuts the connections that listen. They are made anew a second later.</summary>
    public async Task CutListenersAsync() => Assert.True((long)(await RunAsync($"select count(pg_terminate_backend(pid)) {Listeners}"))! > 0);

    public async ValueTask DisposeAsync()
    {
        // A store before its database.
        foreach (var part in _parts.OrderBy(part => part is CibaDatabase))
        {
            await part.DisposeAsync();
        }

        _ = await RunAsync("drop schema if exists {s} cascade");
    }
}
