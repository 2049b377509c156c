using System.Globalization;
using SsoCibaMethod.Benchmarks.Measuring;

namespace SsoCibaMethod.Benchmarks.ForeignRequests;

/// <summary>What the handler costs its host where nobody signs in by it: each request of the host, and its start.</summary>
internal static class HostBenchmark
{
    public static async Task RunAsync(BenchmarkSettings settings)
    {
        var pace = settings.PaceOf(seconds: 3, rounds: 5, warmUp: 4);
        var table = new Table();
        var none = ForeignHost.Create(0, ForeignHost.AddBare);
        foreach (var methods in new[] { 1, 50 })
        {
            var ours = ForeignHost.Create(methods, ForeignHost.AddOurs);
            var bare = ForeignHost.Create(methods, ForeignHost.AddBare);
            var figures = await Contest.RunAsync(pace, ours.CpuOfRequestAsync, bare.CpuOfRequestAsync, none.CpuOfRequestAsync);
            table.Add($"added to a foreign request, {methods} method(s), against bare handlers", "µs", figures[0].Less(figures[2]), figures[1].Less(figures[2]), 1.10);
        }

        var starts = await Contest.RunAsync(pace, _ => StartAsync("ours"), _ => StartAsync("bare"));
        table.Add("CPU of a whole start of a host with one method, against one with a bare handler", "ms", starts[0], starts[1]);
    }

    /// <summary>The child's part: starts a host and tells what that cost, the runtime's own start too.</summary>
    public static async Task StartHostAsync(string kind)
    {
        await using var app = ForeignHost.Build(1, kind == "ours" ? ForeignHost.AddOurs : ForeignHost.AddBare);
        await app.StartAsync();
        Console.WriteLine(Environment.CpuUsage.TotalTime.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        await app.StopAsync();
    }

    private static async Task<double> StartAsync(string kind)
    {
        using var child = ChildProcess.Start("start", kind);
        var line = await child.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The host did not start.");
        await child.WaitForExitAsync();
        return double.Parse(line, CultureInfo.InvariantCulture);
    }
}
