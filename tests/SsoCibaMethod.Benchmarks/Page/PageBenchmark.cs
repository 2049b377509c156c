using SsoCibaMethod.Benchmarks.Hosting;
using SsoCibaMethod.Benchmarks.Measuring;

namespace SsoCibaMethod.Benchmarks.Page;

/// <summary>CPU of the host for the page and for browsers that wait, over real connections; and how long after a result is stored its browser hears of it.</summary>
internal static class PageBenchmark
{
    // The longest a status request is held: in this time each waiting browser asks once.
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(25);

    public static async Task RunAsync(BenchmarkSettings settings)
    {
        var pace = settings.PaceOf(seconds: 5, rounds: 3, warmUp: 5);
        var table = new Table();
        await using var host = await BenchmarkHost.StartAsync(StaticOp.Issuer, new StaticOp());
        table.Add("a waiting page", "µs", (await CpuOfAnswerAsync(host, pace, one => one.Page)).Median);
        table.Add("a status answer", "µs", (await CpuOfAnswerAsync(host, pace, one => one.Status)).Median);
        await AddWaitingBrowsersAsync(table, host, pace with { Round = Hold }, settings.Logins ?? 1_000);
        await using var bare = await BareHeldTimes.StartAsync();
        await ResultTimes.WarmUpAsync(host, host);
        _ = await bare.MeasureAsync(ResultContest.Samples);
        await ResultContest.RunAsync(
            table, "result stored to held status answered", 1, pace.Rounds,
            () => ResultTimes.MeasureAsync(host, ResultContest.Samples, host), "a bare handler", () => bare.MeasureAsync(ResultContest.Samples));
    }

    private static async Task<Series> CpuOfAnswerAsync(BenchmarkHost host, Pace pace, Func<WatchedLogin, string> address)
    {
        await using var browsers = await StartAsync(host, BrowserProgram.Busy, ClosedLoad.Workers, address);
        return (await Contest.RunAsync(pace, async duration => await browsers.MeasureAsync(duration) is var (cpu, answers) ? cpu.TotalMicroseconds / answers : 0))[0];
    }

    private static async Task AddWaitingBrowsersAsync(Table table, BenchmarkHost host, Pace pace, int count)
    {
        async Task<double> CpuOfWaitAsync(TimeSpan duration, string habit, Func<WatchedLogin, string> address)
        {
            await using var browsers = await StartAsync(host, habit, count, address);
            await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
            return (await browsers.MeasureAsync(duration)).Cpu.TotalMicroseconds / count / duration.TotalSeconds;
        }

        var figures = await Contest.RunAsync(
            pace,
            duration => CpuOfWaitAsync(duration, BrowserProgram.Busy, one => one.HeldStatus),
            duration => CpuOfWaitAsync(duration, BrowserProgram.EachSecond, one => one.Status));
        table.Add($"{count} browsers that wait: a second of one, held requests against a fetch each second", "µs", figures[0], figures[1], 0.15);
    }

    private static async Task<Browsers> StartAsync(BenchmarkHost host, string habit, int count, Func<WatchedLogin, string> address)
    {
        List<(string Address, string Cookie)> watched = [];
        for (var i = 0; i < count; i++)
        {
            var one = await host.AddWatchedAsync();
            watched.Add((address(one), one.Cookie));
        }

        return await Browsers.StartAsync(habit, watched);
    }
}
