using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace SsoCibaMethod.PostgreSql.Database;

/// <summary>The connections, and the tables, which are brought up to date before the first command.</summary>
internal sealed class CibaDatabase : IAsyncDisposable, IDisposable
{
    private const int MostSeconds = 5;

    private readonly IOptions<PostgreSqlStoreOptions> _options;
    private readonly Lazy<NpgsqlDataSource> _source;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _gate = new(1);

    private volatile bool _isReady;

    public CibaDatabase(IOptions<PostgreSqlStoreOptions> options, ILogger<CibaDatabase> logger)
    {
        _options = options;
        _logger = logger;
        _source = new Lazy<NpgsqlDataSource>(() => NpgsqlDataSource.Create(Settings(options.Value.ConnectionString!)));
        Schema = options.Value.Schema;
    }

    public string Schema { get; }

    /// <summary>The channel on which nodes tell each other what changed.</summary>
    public string Channel => Schema + "_changes";

    /// <summary>A command on a connection of its own from the pool; <c>{s}</c> in it stands for the schema.</summary>
    public async Task<NpgsqlCommand> CommandAsync(string sql, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return _source.Value.CreateCommand(sql.Replace("{s}", Schema, StringComparison.Ordinal));
    }

    /// <summary>A connection to listen on, not open yet. Closed it is gone: in a pool it would listen on, for nothing cleans what comes back there.</summary>
    public NpgsqlConnection CreateListener()
    {
        var settings = Settings(_options.Value.ConnectionString!);
        settings.Pooling = false;
        return new NpgsqlConnection(settings.ConnectionString);
    }

    /// <summary>Creates the tables, or brings them up to date; once.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_isReady)
        {
            return;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_isReady)
            {
                await using var connection = await _source.Value.OpenConnectionAsync(cancellationToken);
                _logger.DatabaseReady(Schema, await Migrations.ApplyAsync(connection, Schema, cancellationToken));
                _isReady = true;
            }
        }
        finally
        {
            _ = _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _gate.Dispose();
        if (_source.IsValueCreated)
        {
            await _source.Value.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _gate.Dispose();
        if (_source.IsValueCreated)
        {
            _source.Value.Dispose();
        }
    }

    /// <summary>The connection string with our defaults where it says nothing.</summary>
    public static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);

        // None of our commands leaves anything behind on its connection, and to clean up nevertheless is seven statements before each of them.
        foreach (var (key, value) in new (string, object)[]
        {
            ("Timeout", MostSeconds), ("Command Timeout", MostSeconds), ("Cancellation Timeout", 1000), ("Max Auto Prepare", 20), ("No Reset On Close", true),
            ("Application Name", "SsoCibaMethod"),
        })
        {
            // Whether it is written there: every key that there is counts as contained.
            if (!settings.ShouldSerialize(key))
            {
                settings[key] = value;
            }
        }

        return settings;
    }
}
