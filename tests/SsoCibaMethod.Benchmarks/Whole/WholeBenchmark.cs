using SsoCibaMethod.Benchmarks.Hosting;
using SsoCibaMethod.Benchmarks.Measuring;
using SsoCibaMethod.Benchmarks.Page;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Benchmarks.Whole;

/// <summary>Whole logins against the simulated OP: from its call to the sign-in; and over PostgreSQL what they write, and when the other node hears of a result.</summary>
internal static class WholeBenchmark
{
    private const int WarmUp = 20;

    // More polls than one, so that one that wrote would show.
    private static readonly TimeSpan Undecided = TimeSpan.FromSeconds(4);

    public static async Task RunAsync(BenchmarkSettings settings)
    {
        var logins = settings.Logins ?? 100;
        var table = new Table();
        await AddPingAsync(table, logins);
        if (SharedDatabase.ConnectionString is not { } connectionString)
        {
            Console.Error.WriteLine("The rest needs a PostgreSQL: name it by CIBA_POSTGRESQL, a connection string, as tests/postgres.sh up FOLDER prints it.");
            return;
        }

        await using var database = new SharedDatabase(connectionString);
        await AddWritesAsync(table, database, logins);
        await AddNewsAsync(table, database, settings.Rounds ?? 7);
    }

    private static async Task AddNewsAsync(Table table, SharedDatabase database, int rounds)
    {
        await using var node = await BenchmarkHost.StartAsync(StaticOp.Issuer, new StaticOp(), database.Join);
        await using var other = await BenchmarkHost.StartAsync(StaticOp.Issuer, new StaticOp(), database.Join);
        await ResultTimes.WarmUpAsync(node, other);
        await ResultContest.RunAsync(
            table, "PostgreSQL: result stored on a node to held status answered on another", 5, rounds,
            () => ResultTimes.MeasureAsync(node, ResultContest.Samples, other), "the database and its driver alone", () => database.BareNewsAsync(ResultContest.Samples));
    }

    private static async Task AddPingAsync(Table table, int logins)
    {
        await using var host = await WholeHost.StartAsync(TokenDeliveryMode.Ping);
        List<double> times = [];
        for (var i = 0; i < WarmUp + logins; i++)
        {
            using var login = await WholeLogin.BeginAsync(host);
            times.Add(await login.ApproveAsync());
        }

        var taken = new Series([.. times.Skip(WarmUp)]);
        table.Add("ping: from the user's approval at the OP to the page behind the sign-in, p50", "ms", taken.Median, 10);
        table.Add("ping: from the user's approval at the OP to the page behind the sign-in, p95", "ms", taken.At(0.95));
    }

    private static async Task AddWritesAsync(Table table, SharedDatabase database, int logins)
    {
        await using var host = await WholeHost.StartAsync(TokenDeliveryMode.Poll, database.Join);
        var before = await database.WritesAsync();
        var polls = host.Op.Counters.Polls;
        var begun = await Task.WhenAll(Enumerable.Range(0, logins).Select(_ => WholeLogin.BeginAsync(host)));
        await Task.Delay(Undecided, TimeProvider.System);
        _ = await Task.WhenAll(begun.Select(login => login.ApproveAsync()));
        table.Add("PostgreSQL: rows written for a login, to the sign-in", "", (double)(await database.WritesAsync() - before) / logins, 4);
        table.Add("PostgreSQL: polls of such a login", "", (double)(host.Op.Counters.Polls - polls) / logins);
        foreach (var login in begun)
        {
            login.Dispose();
        }
    }
}
