using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.PostgreSql.Database;
using SsoCibaMethod.PostgreSql.Keys;

namespace SsoCibaMethod.Tests.PostgreSql;

/// <summary>The tables make themselves, and what an administrator must mend is said in words.</summary>
public class DatabaseTests
{
    [PostgreSqlFact]
    public async Task Nodes_that_start_at_once_make_the_tables_once()
    {
        await using var test = new TestDatabase();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => test.Connect().PrepareAsync(default))));

        Assert.Equal((long)Migrations.All.Count, await test.RunAsync("select count(*) from {s}.versions"));
        Assert.Equal(0L, await test.RunAsync("select count(*) from {s}.logins"));
    }

    [PostgreSqlFact]
    public async Task Tables_of_the_first_version_are_brought_up_to_date_with_the_logins_in_them()
    {
        await using var test = new TestDatabase();
        _ = await test.RunAsync("create schema {s}; create table {s}.versions (version integer primary key, applied_at timestamptz not null default now())");
        _ = await test.RunAsync($"set search_path to {{s}}; {Migrations.All[0].Sql} insert into versions (version) values (1)");
        _ = await test.RunAsync("""
            insert into {s}.logins (id, schema, version, method, state, hint_hash, address_hash, started_at, ends_at, keep_until, payload)
            values ('old', 1, 7, 'Ciba', 2, 'text', 'text', now(), now(), now(), '')
            """);

        await test.Connect().PrepareAsync(default);

        Assert.Equal((long)Migrations.All.Count, await test.RunAsync("select count(*) from {s}.versions"));
        Assert.Equal((7, 0), await test.CreateStore().ReadAsync("old", default) is { } old ? (old.Version, old.HintHash) : default);
    }

    [PostgreSqlFact]
    public async Task Tables_of_a_later_version_are_left_alone_and_the_cure_is_told()
    {
        await using var test = new TestDatabase();
        await test.Connect().PrepareAsync(default);
        _ = await test.RunAsync("insert into {s}.versions (version) values (99)");

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => test.Connect().PrepareAsync(default));

        Assert.Contains("are at version 99", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Update the package", fault.Message, StringComparison.Ordinal);
    }

    [PostgreSqlFact]
    public async Task A_user_who_may_not_make_tables_gets_the_statement_for_the_administrator()
    {
        await using var test = new TestDatabase();
        _ = await test.RunAsync("create role {s}_guest login");

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => test.Connect(user: test.Schema + "_guest").PrepareAsync(default));

        Assert.Contains($"CREATE SCHEMA IF NOT EXISTS {test.Schema} AUTHORIZATION", fault.Message, StringComparison.Ordinal);
        _ = await test.RunAsync("drop role {s}_guest");
    }

    [Fact]
    public void A_database_that_does_not_answer_is_known_as_such_in_five_seconds_unless_the_connection_string_says_otherwise()
    {
        var ours = CibaDatabase.Settings("Host=db");
        var theirs = CibaDatabase.Settings("Host=db;Command Timeout=60;Timeout=7");

        Assert.Equal((5, 5), (ours.Timeout, ours.CommandTimeout));
        Assert.Equal((7, 60), (theirs.Timeout, theirs.CommandTimeout));
    }

    [PostgreSqlFact]
    public async Task A_connection_that_listened_is_closed_and_not_kept_for_the_next()
    {
        await using var test = new TestDatabase();
        var database = test.Connect();
        await using var first = database.CreateListener();
        await first.OpenAsync();
        var session = first.ProcessID;
        await first.CloseAsync();

        await using var second = database.CreateListener();
        await second.OpenAsync();

        Assert.NotEqual(session, second.ProcessID);
    }

    [Theory]
    [InlineData(null, "ciba", "no connection string")]
    [InlineData("Host=db;Password=secret-word;Pord=5", "ciba", "cannot be read")]
    [InlineData("Host=db", "Ciba; drop", "Schema is")]
    public async Task A_setting_that_cannot_be_used_stops_the_start_and_the_password_is_not_repeated(string? connectionString, string schema, string fault)
    {
        using var host = new HostBuilder().ConfigureServices(services => services.PersistPendingLoginsToPostgreSql(connectionString, options => options.Schema = schema)).Build();

        var thrown = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(fault, thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-word", thrown.ToString(), StringComparison.Ordinal);
    }

    [PostgreSqlFact]
    public async Task Nodes_share_a_key_ring_in_the_database_and_are_told_that_nothing_wraps_it()
    {
        await using var test = new TestDatabase();
        using var one = Node(test, shareKeys: true);
        using var two = Node(test, shareKeys: true);
        await one.StartAsync();
        await two.StartAsync();

        var secret = one.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("x").Protect("hello");
        Assert.Equal("hello", two.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("x").Unprotect(secret));
        Assert.IsType<KeyRepository>(one.Services.GetRequiredService<IOptions<KeyManagementOptions>>().Value.XmlRepository);
        Assert.Contains(test.Log.Lines, line => line.Id.Name == "KeysUnwrapped");

        await JoinAsync(one, "one");
        await JoinAsync(two, "two");
        await UntilAsync(test, "FarmReady", 2);
        Assert.DoesNotContain(test.Log.Lines, line => line.Id.Name == "FarmFault");
        await one.StopAsync();
        await two.StopAsync();
    }

    [PostgreSqlFact]
    public async Task Nodes_that_cannot_read_each_other_are_told_what_the_farm_lacks_once()
    {
        await using var test = new TestDatabase();
        using var one = Node(test, shareKeys: false);
        using var two = Node(test, shareKeys: false);
        using var three = Node(test, shareKeys: false);
        IHost[] all = [one, two, three];
        await Task.WhenAll(all.Select(node => node.StartAsync()));
        var gone = test.CreateStore();
        Assert.True(await gone.HeartbeatAsync("gone", TimeSpan.Zero, isNew: true, default));

        await Task.WhenAll(JoinAsync(one, "one"), JoinAsync(two, "two"));
        await UntilAsync(test, "FarmFault", 2);

        // Those who are there already hear of one that comes later, and judge nobody twice.
        await JoinAsync(three, "three");
        await UntilAsync(test, "FarmFault", 6);
        await JoinAsync(three, "three");
        await Task.WhenAll(all.Select(node => node.StopAsync()));

        var faults = test.Log.Lines.Where(line => line.Id.Name == "FarmFault").ToList();
        Assert.Equal(6, faults.Count);
        Assert.All(["one", "two", "three"], name => Assert.Equal(2, faults.Count(fault => fault.Text.Contains($"the node {name} protects", StringComparison.Ordinal))));
        Assert.All(faults, fault => Assert.Contains("SetApplicationName", fault.Text, StringComparison.Ordinal));
    }

    [PostgreSqlFact]
    public async Task The_store_is_PostgreSQL_whether_the_handler_was_added_before_or_after()
    {
        await using var test = new TestDatabase();
        foreach (var isBefore in new[] { true, false })
        {
            var services = new ServiceCollection();
            Action[] steps = [() => services.AddCibaAuthentication(), () => services.PersistPendingLoginsToPostgreSql(test.ConnectionString)];
            foreach (var step in isBefore ? steps : steps.Reverse())
            {
                step();
            }

            await using var provider = services.AddLogging().BuildServiceProvider();
            Assert.Equal("PostgreSqlPendingLoginStore", provider.GetRequiredService<IPendingLoginStore>().GetType().Name);
        }
    }

    // As the poller does: the node listens, and joins.
    private static async Task JoinAsync(IHost node, string name)
    {
        var store = node.Services.GetRequiredService<IPendingLoginStore>();
        _ = store.WatchAsync(name, node.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping).GetAsyncEnumerator().MoveNextAsync().AsTask();
        Assert.True(await store.HeartbeatAsync(name, TimeSpan.FromMinutes(5), isNew: true, default));
    }

    private static async Task UntilAsync(TestDatabase test, string eventName, int count)
    {
        while (test.Log.Lines.Count(line => line.Id.Name == eventName) < count)
        {
            await Task.Yield();
        }
    }

    private static IHost Node(TestDatabase test, bool shareKeys) => new HostBuilder().ConfigureServices(services =>
    {
        services.AddLogging(logging => logging.AddProvider(test.Log));
        services.PersistPendingLoginsToPostgreSql(test.ConnectionString, options => options.Schema = test.Schema);
        var protection = services.AddDataProtection().SetApplicationName("farm");
        _ = shareKeys ? protection.PersistKeysToPostgreSql() : protection.UseEphemeralDataProtectionProvider();
    }).Build();
}
