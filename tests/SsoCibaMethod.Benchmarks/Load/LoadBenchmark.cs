using SsoCibaMethod.Benchmarks.Hosting;
using SsoCibaMethod.Benchmarks.Measuring;
using SsoCibaMethod.Benchmarks.Op;
using SsoCibaMethod.Benchmarks.Polls;
using SsoCibaMethod.Benchmarks.Waiting;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Benchmarks.Load;

/// <summary>Many logins that nobody decides, from their first poll to their end, on one node: what the OP counts, how late polls leave, what the node needs for it.</summary>
internal static class LoadBenchmark
{
    private const double MostLatenessMedian = 25;
    private const double MostLateness99 = 50;

    public static async Task RunAsync(BenchmarkSettings settings)
    {
        var logins = settings.Logins ?? 10_000;
        var interval = TimeSpan.FromSeconds(settings.Interval ?? 5);
        var lifetime = TimeSpan.FromSeconds(settings.Seconds ?? 300);
        var load = $"{logins} logins for {lifetime.TotalSeconds:0} s, polled each {interval.TotalSeconds:0} s";
        var lateness = new Lateness();
        await using var op = await OpProcess.StartAsync(interval);
        await using var host = await BenchmarkHost.StartAsync(op.Doors.Http2, new LatenessHandler(op.CreateHandler(), lateness, interval));
        var begunAt = TimeProvider.System.GetTimestamp();
        var ids = await AddAsync(host, logins, interval, lifetime);
        var cpu = Environment.CpuUsage.TotalTime;
        var polling = TimeProvider.System.GetTimestamp();
        while (host.Poller.Count > 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }

        var counts = await op.TakeCountsAsync();
        var table = new Table();
        table.Add($"{load}: until the last has ended", "s", Math.Round(TimeProvider.System.GetElapsedTime(begunAt).TotalSeconds));
        table.Add($"{load}: polls", "", counts.Polls);
        table.Add($"{load}: early polls", "", counts.Early, 0);
        table.Add($"{load}: overlapping polls", "", counts.Overlaps, 0);
        table.Add($"{load}: lateness p50", "ms", lateness.ToSeries().Median, MostLatenessMedian);
        table.Add($"{load}: lateness p99", "ms", lateness.ToSeries().At(0.99), MostLateness99);
        table.Add($"{load}: not ended as expired", "", await OthersThanExpiredAsync(host, ids), 0);
        table.Add($"{load}: CPU of the node, of one core", "%", Math.Round(100 * (Environment.CpuUsage.TotalTime - cpu) / TimeProvider.System.GetElapsedTime(polling), 1));
        table.Add($"{load}: resident memory of the node", "MB", Math.Round(Environment.WorkingSet / 1e6));
    }

    private static async Task<IReadOnlyList<string>> AddAsync(BenchmarkHost host, int logins, TimeSpan interval, TimeSpan lifetime)
    {
        List<string> ids = [];
        var authReqIds = Registration.AuthReqIds(logins);
        for (var login = 0; login < logins; login++)
        {
            // Spread over an interval, as people are.
            var first = interval + (interval * login / logins);
            ids.Add((await host.AddLoginAsync(LatenessHandler.Mark(authReqIds[login], login), interval, first, lifetime: lifetime)).Id);
        }

        return ids;
    }

    private static async Task<int> OthersThanExpiredAsync(BenchmarkHost host, IReadOnlyList<string> ids)
    {
        var others = 0;
        foreach (var id in ids)
        {
            others += await host.Logins.FindAsync(id, CancellationToken.None) is { State: PendingLoginState.Expired } ? 0 : 1;
        }

        return others;
    }
}
