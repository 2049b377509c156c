using Npgsql;
using SsoCibaMethod.Benchmarks.Measuring;

namespace SsoCibaMethod.Benchmarks.Whole;

/// <summary>How long the database and its driver alone take for the way of a result: a row changed and told of on one connection, heard of on another, and read on a third.</summary>
internal static class BareNewsTimes
{
    // As between two results of the store's.
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(25);

    // Its connections are new.
    private const int WarmUp = 20;

    public static async Task<Series> MeasureAsync(NpgsqlDataSource source, string schema, int samples)
    {
        await using var writer = await source.OpenConnectionAsync();
        await using var listener = await source.OpenConnectionAsync();
        await using var reader = await source.OpenConnectionAsync();
        await RunAsync(writer, $"create table if not exists {schema}.bare (id int primary key, payload bytea); insert into {schema}.bare values (1, '') on conflict do nothing");
        await RunAsync(listener, $"listen {schema}_bare");
        await using var change = new NpgsqlCommand(
            $"with changed as (update {schema}.bare set payload = $1 where id = 1 returning id) select pg_notify('{schema}_bare', id::text) from changed", writer);
        _ = change.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = new byte[400] });
        await change.PrepareAsync();
        await using var read = new NpgsqlCommand($"select payload from {schema}.bare where id = 1", reader);
        await read.PrepareAsync();

        List<double> times = [];
        for (var i = 0; i < WarmUp + samples; i++)
        {
            var heard = listener.WaitAsync();
            await Task.Delay(Apart, TimeProvider.System);
            var begunAt = TimeProvider.System.GetTimestamp();
            var changed = change.ExecuteNonQueryAsync();
            await heard;
            _ = await read.ExecuteScalarAsync();
            times.Add(TimeProvider.System.GetElapsedTime(begunAt).TotalMilliseconds);
            _ = await changed;
        }

        return new Series([.. times.Skip(WarmUp)]);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        _ = await command.ExecuteNonQueryAsync();
    }
}
