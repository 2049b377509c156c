using Npgsql;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.PostgreSql.Store;

namespace SsoCibaMethod.Tests.PostgreSql;

/// <summary>Numbers are drawn before a transaction is committed, so by themselves they are no order in which starts see each other.</summary>
[Trait("Spec", "S-41")]
public class StartOrderTests
{
    [PostgreSqlFact]
    public async Task A_start_waits_for_one_with_its_hint_that_is_not_committed_yet_and_then_finds_it() =>
        Assert.Single((await WaitingForAsync(Login("first", 1, 1), Login("second", 1, 2))).WithHint);

    [PostgreSqlFact]
    public async Task A_start_waits_for_one_from_its_network_that_is_not_committed_yet_and_then_finds_it() =>
        Assert.Single((await WaitingForAsync(Login("first", 1, 1), Login("second", 2, 1))).FromAddress);

    [PostgreSqlFact]
    public async Task Starts_that_cross_each_other_in_hint_and_network_all_come_through()
    {
        await using var test = new TestDatabase();
        var store = test.CreateStore();

        var created = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() =>
            store.CreateAsync(Login($"{i}", 1 + (i % 3), 1 + ((i + (i / 3)) % 3)), default))));

        Assert.DoesNotContain(false, created);
    }

    // What the second finds, which may not be added before the first is there for all to see. Others need not wait.
    private static async Task<PendingLoginStarts> WaitingForAsync(PendingLoginRecord first, PendingLoginRecord second)
    {
        await using var test = new TestDatabase();
        var store = test.CreateStore();
        Assert.Null(await store.ReadAsync("any", default));
        await using var connection = new NpgsqlConnection(test.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var create = new NpgsqlCommand(Statements.Create.Replace("{s}", test.Schema, StringComparison.Ordinal), connection, transaction);
        Rows.AddTo(create, first);
        Assert.Equal(1, await create.ExecuteNonQueryAsync());

        var waiting = store.CreateAsync(second, default);
        Assert.True(await store.CreateAsync(Login("other", 3, 3), default));
        Assert.True(await store.CreateAsync(Login("uncounted", 0, 0), default));
        while (!waiting.IsCompleted && !await WaitsAsync())
        {
            await Task.Yield();
        }

        Assert.False(waiting.IsCompleted);
        await transaction.CommitAsync();
        Assert.True(await waiting);

        var beforeFirst = await store.FindStartsBeforeAsync(first.Id, default, 10, default);
        Assert.Empty(beforeFirst.WithHint.Concat(beforeFirst.FromAddress));
        return await store.FindStartsBeforeAsync(second.Id, default, 10, default);

        async Task<bool> WaitsAsync() => await test.RunAsync(
            "select exists (select from pg_locks l join pg_stat_activity a using (pid) where l.locktype = 'advisory' and not l.granted and a.query like '%{s}%')") is true;
    }

    private static PendingLoginRecord Login(string id, long hint, long network) => new()
    {
        Id = id,
        Version = 1,
        Method = "Ciba",
        State = PendingLoginState.Starting,
        HintHash = hint,
        AddressHash = network,
        EndsAt = DateTimeOffset.UnixEpoch.AddYears(100),
        KeepUntil = DateTimeOffset.UnixEpoch.AddYears(100),
        Payload = new byte[] { 1 },
    };
}
