using Microsoft.Extensions.Logging;
using Npgsql;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Tests.PostgreSql;

/// <summary>A database that goes and comes back: nothing is lost and nobody waits for ever.</summary>
public class OutageTests
{
    [PostgreSqlFact]
    public async Task Connections_that_are_cut_are_made_anew_and_what_changed_meanwhile_is_found()
    {
        await using var test = new TestDatabase();
        var store = test.CreateStore();
        var record = Record("a");
        Assert.True(await store.CreateAsync(record, default));
        var waiting = store.WaitForChangeAsync(record.Id, 1, default);
        await test.ListeningAsync();

        // Nobody listens when the change is told.
        var other = test.CreateStore();
        Assert.NotNull(await other.ReadAsync(record.Id, default));
        await test.CutListenersAsync();
        Assert.True(await other.ReplaceAsync(record with { Version = 2 }, default));

        await waiting.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [PostgreSqlFact]
    public async Task What_changed_meanwhile_is_told_to_the_owner_also_of_a_login_that_it_has_had_for_no_time()
    {
        await using var test = new TestDatabase();
        await using var news = test.CreateStore().WatchAsync("node", default).GetAsyncEnumerator();
        var next = news.MoveNextAsync().AsTask();
        await test.ListeningAsync();

        var other = test.CreateStore();
        Assert.True(await other.CreateAsync(Record("a"), default));
        await test.CutListenersAsync();
        Assert.True(await other.ReplaceAsync(Record("a") with { Version = 2 }, default));

        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal(new PendingLoginNews("a", IsPing: false), news.Current);
    }

    [PostgreSqlFact]
    public async Task A_server_that_dies_and_comes_back_keeps_what_was_written_and_who_waits_goes_on()
    {
        await using var server = await PrivatePostgreSql.StartAsync();
        await using var test = new TestDatabase(server.ConnectionString);
        var store = test.CreateStore();
        var record = Record("a");
        Assert.True(await store.HeartbeatAsync("node", TimeSpan.FromMinutes(5), isNew: true, default));
        Assert.True(await store.CreateAsync(record, default));
        var waiting = store.WaitForChangeAsync(record.Id, 1, default);
        await test.ListeningAsync();

        await server.StopAsync();
        _ = await Assert.ThrowsAnyAsync<NpgsqlException>(() => store.ReadAsync(record.Id, default));
        await server.RestartAsync();

        Assert.Equal(record.Version, (await UntilItAnswersAsync(() => store.ReadAsync(record.Id, default)))!.Version);
        Assert.True(await store.HeartbeatAsync("node", TimeSpan.FromMinutes(5), isNew: false, default));
        Assert.True(await store.ReplaceAsync(record with { Version = 2 }, default));
        await waiting.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.DoesNotContain(test.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [PostgreSqlFact]
    public async Task A_node_that_hears_nothing_though_the_database_answers_says_so_once()
    {
        await using var test = new TestDatabase();
        var store = test.CreateStore();
        Assert.True(await store.CreateAsync(Record("a"), default));
        var waiting = store.WaitForChangeAsync("a", 1, default);
        await test.ListeningAsync();

        _ = await test.RunAsync("alter table {s}.logins rename to others");
        _ = await test.RunAsync("select count(pg_terminate_backend(pid)) from pg_stat_activity where query like '%{s}%' and pid <> pg_backend_pid()");
        await Until.TrueAsync(() => test.Log.Lines.Any(line => line.Id.Name == "ChangesUnheard"));
        _ = await test.RunAsync("alter table {s}.others rename to logins");
        await Until.TrueAsync(() => test.Log.Lines.Any(line => line.Id.Name == "ChangesHeard"));

        Assert.Single(test.Log.Lines, line => line.Level >= LogLevel.Warning);
        Assert.True(await store.ReplaceAsync(Record("a") with { Version = 2 }, default));
        await waiting.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [PostgreSqlFact]
    public async Task A_database_that_hangs_is_an_exception_of_its_own_and_no_cancellation()
    {
        await using var test = new TestDatabase();
        var store = test.CreateStore(database: test.Connect(settings: "Command Timeout=1"));
        Assert.Null(await store.ReadAsync("any", default));
        await using var connection = new NpgsqlConnection(test.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand($"lock table {test.Schema}.logins in access exclusive mode", connection, transaction);
        _ = await command.ExecuteNonQueryAsync();

        var surprise = await Assert.ThrowsAsync<NpgsqlException>(() => store.ReadAsync("any", default));
        Assert.IsType<TimeoutException>(surprise.InnerException);

        using var cancellation = new CancellationTokenSource();
        var read = store.ReadAsync("any", cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);

        await transaction.RollbackAsync();
        Assert.Null(await store.ReadAsync("any", default));
    }

    private static async Task<T> UntilItAnswersAsync<T>(Func<Task<T>> ask)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (NpgsqlException exception) when (exception.IsTransient)
            {
                await Until.PauseAsync();
            }
        }
    }

    private static PendingLoginRecord Record(string id) => new()
    {
        Id = id,
        Version = 1,
        Method = "Ciba",
        State = PendingLoginState.Waiting,
        Owner = "node",
        StartedAt = DateTimeOffset.UnixEpoch,
        EndsAt = DateTimeOffset.UnixEpoch,
        KeepUntil = DateTimeOffset.MaxValue.AddYears(-1),
        Payload = new byte[] { 1 },
    };
}
