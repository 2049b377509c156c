using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.PostgreSql;

/// <summary>The load of the database grows with logins, not with polls: counted by the server itself, through whole logins.</summary>
public class WriteTests
{
    [PostgreSqlFact]
    public async Task From_its_start_to_its_sign_in_a_login_is_written_four_times_however_often_it_is_polled()
    {
        await using var test = new TestDatabase();
        var store = test.CreateStore(new ManualTimeProvider());
        var wire = new Polls();
        await using var host = await CibaTestHost.StartAsync(
            CibaTestHost.WithDefaultLimits, builder => builder.Services.AddSingleton<IPendingLoginStore>(store), wire: wire);
        Assert.Null(await store.ReadAsync("any", default));
        _ = await test.RunAsync("""
            create table {s}.writes (id bigint primary key generated always as identity, what text);
            create function {s}.written() returns trigger language plpgsql as $$ begin insert into {s}.writes (what) values (tg_op || ' ' || tg_table_name); return null; end $$;
            create trigger written after insert or update or delete on {s}.logins for each row execute function {s}.written();
            create trigger written after insert or update or delete on {s}.nodes for each row execute function {s}.written();
            """);

        foreach (var (seconds, least) in new[] { (5, 1), (40, 6) })
        {
            _ = await test.RunAsync("delete from {s}.writes");
            wire.Count = 0;
            using var browser = host.CreateBrowserAt("192.0.2.1");
            var waiting = await host.BeginAsync(browser);
            for (var i = 0; i < seconds; i++)
            {
                await host.PassSecondAsync();
            }

            Assert.True(host.Op.Approve((await host.Op.WaitForRequestAsync("alice")).AuthReqId));
            while (await test.RunAsync("select exists (select from {s}.logins where state = 3)") is false)
            {
                await host.PassSecondAsync();
            }

            Assert.Equal("/me", (await browser.OpenAsync(waiting.Address.ToString())).Address.PathAndQuery);

            Assert.True(wire.Count > least, $"{wire.Count} polls");
            Assert.Equal("INSERT, UPDATE, UPDATE, UPDATE", await WrittenAsync("logins", "string_agg(split_part(what, ' ', 1), ', ' order by id)"));

            // A node writes its heartbeat, and nothing for what it owns.
            Assert.InRange((long)(await WrittenAsync("nodes", "count(*)"))!, seconds / 3, (seconds / 3) + 10);
        }

        Task<object?> WrittenAsync(string table, string what) => test.RunAsync($$"""select {{what}} from {s}.writes where what like '% {{table}}'""");
    }

    private sealed class Polls : DelegatingHandler
    {
        private int _count;

        public int Count
        {
            get => Volatile.Read(ref _count);
            set => _count = value;
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/token", StringComparison.Ordinal))
            {
                _ = Interlocked.Increment(ref _count);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
