using SsoCibaMethod.Benchmarks.Hosting;
using SsoCibaMethod.Benchmarks.Measuring;
using SsoCibaMethod.Benchmarks.Page;

namespace SsoCibaMethod.Benchmarks.Load;

/// <summary>Many browsers that wait at once, each with a request of its own: how soon each is answered, one result after the other and all at once.</summary>
internal static class HeldBenchmark
{
    // Long enough that one answer is out before the next result comes, short enough that nobody's 25 seconds are over.
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(4);

    public static async Task RunAsync(BenchmarkSettings settings)
    {
        var count = settings.Logins ?? 2_000;
        var table = new Table();
        await using var host = await BenchmarkHost.StartAsync(StaticOp.Issuer, new StaticOp());
        _ = await ResultTimes.OfHeldAsync(host, count, Apart);
        var each = await ResultTimes.OfHeldAsync(host, count, Apart);
        table.Add($"{count} held, a result each {Apart.TotalMilliseconds:0} ms: result stored to answer, p50", "ms", each.Median);
        table.Add($"{count} held, a result each {Apart.TotalMilliseconds:0} ms: result stored to answer, p95", "ms", each.At(0.95), 1);
        table.Add($"{count} held, a result each {Apart.TotalMilliseconds:0} ms: result stored to answer, the longest", "ms", each.Most);
        var together = await ResultTimes.OfHeldAsync(host, count, TimeSpan.Zero);
        table.Add($"{count} held, all results at once: result stored to answer, p50", "ms", together.Median);
        table.Add($"{count} held, all results at once: result stored to answer, p99", "ms", together.At(0.99));
    }
}
