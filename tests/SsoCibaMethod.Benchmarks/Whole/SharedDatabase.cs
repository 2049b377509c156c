using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SsoCibaMethod.Benchmarks.Measuring;

namespace SsoCibaMethod.Benchmarks.Whole;

/// <summary>A schema of its own in the PostgreSQL that the environment names, and the keys that nodes share.</summary>
internal sealed class SharedDatabase(string connectionString) : IAsyncDisposable
{
    // A connection that rests tells the server what it counted ten seconds later.
    private static readonly TimeSpan UntilTold = TimeSpan.FromSeconds(13);

    private readonly EphemeralDataProtectionProvider _keys = new();
    private readonly string _schema = "benchmark_" + Guid.NewGuid().ToString("N")[..12];

    public static string? ConnectionString => Environment.GetEnvironmentVariable("CIBA_POSTGRESQL");

    /// <summary>Makes a host a node on it.</summary>
    public void Join(IServiceCollection services)
    {
        _ = services.AddSingleton<IDataProtectionProvider>(_keys);
        _ = services.PersistPendingLoginsToPostgreSql(connectionString, options => options.Schema = _schema);
    }

    /// <summary>How many rows of logins were written, as the server counts.</summary>
    public async Task<long> WritesAsync()
    {
        await Task.Delay(UntilTold, TimeProvider.System);
        return Convert.ToInt64(await RunAsync($"select n_tup_ins + n_tup_upd from pg_stat_user_tables where schemaname = '{_schema}' and relname = 'logins'"), CultureInfo.InvariantCulture);
    }

    /// <summary>How long the news of a change takes on it without us.</summary>
    public async Task<Series> BareNewsAsync(int samples)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        return await BareNewsTimes.MeasureAsync(source, _schema, samples);
    }

    public async ValueTask DisposeAsync() => _ = await RunAsync($"drop schema if exists {_schema} cascade");

    private async Task<object?> RunAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
