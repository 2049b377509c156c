using SsoCibaMethod.Benchmarks.Hosting;
using SsoCibaMethod.Benchmarks.Measuring;
using SsoCibaMethod.Benchmarks.Polls;

namespace SsoCibaMethod.Benchmarks.Memory;

/// <summary>Managed memory of one waiting login, all of it: its record in the in-memory store with what is counted by, and its slot in the poller's queue.</summary>
internal static class MemoryBenchmark
{
    // A loop a login over a widespread client library keeps so much, and no state at all.
    private const double OfLoop = 1_330;

    private const int First = 1_000;

    public static async Task RunAsync(BenchmarkSettings settings)
    {
        var logins = settings.Logins ?? 100_000;
        var table = new Table();
        await using var host = await BenchmarkHost.StartAsync(StaticOp.Issuer, new StaticOp());
        await AddAsync(host, First);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await AddAsync(host, logins);
        var bytes = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / logins;
        table.Add($"a waiting login of {logins}, managed, against a loop a login ({OfLoop:0} B, measured elsewhere)", "B", new Series([Math.Round(bytes)]), new Series([OfLoop]), 0.75);
    }

    // None is due while the memory is measured.
    private static async Task AddAsync(BenchmarkHost host, int logins)
    {
        foreach (var authReqId in Registration.AuthReqIds(logins))
        {
            _ = await host.AddLoginAsync(authReqId, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10));
        }
    }
}
