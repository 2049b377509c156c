using SsoCibaMethod.Benchmarks.Hosting;
using SsoCibaMethod.Benchmarks.Measuring;
using SsoCibaMethod.Messages;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Benchmarks.Page;

/// <summary>How long a held status request takes from the moment a result is being stored to the last byte of its answer, over loopback.</summary>
internal static class ResultTimes
{
    // Long enough for a request to be held when its result comes.
    public static readonly TimeSpan UntilHeld = TimeSpan.FromMilliseconds(25);

    public static HttpMessageInvoker NewBrowsers() => new(new SocketsHttpHandler { UseCookies = false });

    /// <summary>Stores results until the compiler is at rest.</summary>
    /// <param name="host">Where they are stored.</param>
    /// <param name="page">The node which the browser asks.</param>
    public static async Task WarmUpAsync(BenchmarkHost host, BenchmarkHost page)
    {
        using var http = NewBrowsers();
        var atRest = JustInTimeCompiler.AtRestAsync();
        while (!atRest.IsCompleted)
        {
            _ = await OneAsync(http, host, page);
        }
    }

    /// <summary>One browser waits at a time.</summary>
    /// <param name="host">Where the result is stored.</param>
    /// <param name="samples">How many times.</param>
    /// <param name="page">The node which the browser asks.</param>
    public static async Task<Series> MeasureAsync(BenchmarkHost host, int samples, BenchmarkHost page)
    {
        using var http = NewBrowsers();
        List<double> times = [];
        for (var i = 0; i < samples; i++)
        {
            times.Add(await OneAsync(http, host, page));
        }

        return new Series([.. times]);
    }

    /// <summary>Many browsers wait at once, each over a connection of its own.</summary>
    /// <param name="host">The node.</param>
    /// <param name="count">How many.</param>
    /// <param name="apart">The time between two results.</param>
    public static async Task<Series> OfHeldAsync(BenchmarkHost host, int count, TimeSpan apart)
    {
        using var http = NewBrowsers();
        List<(WatchedLogin Watched, Task<long> Heard)> waiting = [];
        for (var i = 0; i < count; i++)
        {
            var watched = await host.AddWatchedAsync();
            waiting.Add((watched, HearAsync(http, watched.HeldStatus, watched.Cookie)));
        }

        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
        List<Task<double>> times = [];
        foreach (var (watched, heard) in waiting)
        {
            times.Add(UntilHeardAsync(host, watched, heard));
            if (apart > TimeSpan.Zero)
            {
                await Task.Delay(apart, TimeProvider.System);
            }
        }

        return new Series(await Task.WhenAll(times));
    }

    private static async Task<double> OneAsync(HttpMessageInvoker http, BenchmarkHost host, BenchmarkHost page)
    {
        var watched = (await host.AddWatchedAsync()).At(page);
        var heard = HearAsync(http, watched.HeldStatus, watched.Cookie);
        await Task.Delay(UntilHeld, TimeProvider.System);
        return await UntilHeardAsync(host, watched, heard);
    }

    private static async Task<double> UntilHeardAsync(BenchmarkHost host, WatchedLogin watched, Task<long> heard)
    {
        if (heard.IsCompleted)
        {
            throw new InvalidOperationException("The status was not held.");
        }

        var storedAt = 0L;
        _ = await host.Logins.ChangeAsync(
            watched.Login.Id,
            login =>
            {
                storedAt = TimeProvider.System.GetTimestamp();
                return login.End(PendingLoginState.Declined, MessageKeys.LoginCancelled, host.Logins.Now);
            },
            CancellationToken.None);
        return TimeProvider.System.GetElapsedTime(storedAt, await heard).TotalMilliseconds;
    }

    /// <summary>When the whole answer is there.</summary>
    public static async Task<long> HearAsync(HttpMessageInvoker http, string address, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        _ = request.Headers.TryAddWithoutValidation("Cookie", cookie);
        using var response = await http.SendAsync(request, CancellationToken.None);
        _ = await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        return TimeProvider.System.GetTimestamp();
    }
}
