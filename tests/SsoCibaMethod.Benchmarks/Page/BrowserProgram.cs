using System.Globalization;

namespace SsoCibaMethod.Benchmarks.Page;

/// <summary>Browsers as a process of their own. It reads an address and a cookie a line, an empty line begins, each line after that is answered with the number of answers so far.</summary>
internal static class BrowserProgram
{
    /// <summary>One request after the other.</summary>
    public const string Busy = "busy";

    /// <summary>A request each second.</summary>
    public const string EachSecond = "each-second";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static long _answers;

    public static async Task RunAsync(string habit)
    {
        var watched = new List<string[]>();
        while (await Console.In.ReadLineAsync() is { Length: > 0 } line)
        {
            watched.Add(line.Split('\t'));
        }

        using var stop = new CancellationTokenSource();
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false });
        var browsers = watched.Select((one, i) => BrowseAsync(http, one[0], one[1], habit, Pause * i / watched.Count, stop.Token)).ToList();
        while (await Console.In.ReadLineAsync() is not null)
        {
            Console.WriteLine(Interlocked.Read(ref _answers).ToString(CultureInfo.InvariantCulture));
        }

        await stop.CancelAsync();
        await Task.WhenAll(browsers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task BrowseAsync(HttpMessageInvoker http, string address, string cookie, string habit, TimeSpan first, CancellationToken stop)
    {
        await Task.Delay(first, TimeProvider.System, stop);
        using var timer = new PeriodicTimer(Pause, TimeProvider.System);
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            _ = request.Headers.TryAddWithoutValidation("Cookie", cookie);
            using var response = await http.SendAsync(request, stop);
            _ = await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(stop);
            _ = Interlocked.Increment(ref _answers);
        }
        while (habit != EachSecond || await timer.WaitForNextTickAsync(stop));
    }
}
