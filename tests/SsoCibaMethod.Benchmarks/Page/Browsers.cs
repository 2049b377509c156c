using System.Diagnostics;
using System.Globalization;
using SsoCibaMethod.Benchmarks.Measuring;

namespace SsoCibaMethod.Benchmarks.Page;

/// <summary>The browsers' process, seen from the host that is measured.</summary>
internal sealed class Browsers : IAsyncDisposable
{
    private readonly Process _process;

    private Browsers(Process process) => _process = process;

    /// <summary>Starts them; each goes to one address with one cookie.</summary>
    public static async Task<Browsers> StartAsync(string habit, IEnumerable<(string Address, string Cookie)> watched)
    {
        var process = ChildProcess.Start("browsers", habit);
        foreach (var (address, cookie) in watched)
        {
            await process.StandardInput.WriteLineAsync($"{address}\t{cookie}");
        }

        await process.StandardInput.WriteLineAsync();
        await process.StandardInput.FlushAsync();
        return new Browsers(process);
    }

    /// <summary>Lets them be for a time.</summary>
    /// <returns>The CPU of this process, and how many answers they got.</returns>
    public async Task<(TimeSpan Cpu, long Answers)> MeasureAsync(TimeSpan duration)
    {
        var answers = await CountAsync();
        var before = Environment.CpuUsage.TotalTime;
        await Task.Delay(duration, TimeProvider.System);
        return (Environment.CpuUsage.TotalTime - before, await CountAsync() - answers);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<long> CountAsync()
    {
        await _process.StandardInput.WriteLineAsync("count");
        await _process.StandardInput.FlushAsync();
        return long.Parse(await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The browsers are gone."), CultureInfo.InvariantCulture);
    }
}
