using SsoCibaMethod.Benchmarks.Hosting;
using SsoCibaMethod.Benchmarks.Measuring;
using SsoCibaMethod.Messages;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Benchmarks.Page;

/// <summary>How long a held status request takes from the moment a result is being stored to the last byte of its answer, over loopback.</summary>
internal static class ResultTimes
{
    // Long enough for a request to be held when its result comes.
    private static readonly TimeSpan UntilHeld = TimeSpan.FromMilliseconds(25);

    private const int WarmUp = 50;

    public static async Task<Series> MeasureAsync(BenchmarkHost host, int samples)
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false });
        List<double> times = [];
        for (var i = 0; i < WarmUp + samples; i++)
        {
            times.Add(await OnceAsync(host, http));
        }

        return new Series([.. times.Skip(WarmUp)]);
    }

    private static async Task<double> OnceAsync(BenchmarkHost host, HttpMessageInvoker http)
    {
        var watched = await host.AddWatchedAsync();
        var heard = HearAsync(http, watched);
        await Task.Delay(UntilHeld, TimeProvider.System);
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

    private static async Task<long> HearAsync(HttpMessageInvoker http, WatchedLogin watched)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, watched.HeldStatus);
        _ = request.Headers.TryAddWithoutValidation("Cookie", watched.Cookie);
        using var response = await http.SendAsync(request, CancellationToken.None);
        _ = await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        return TimeProvider.System.GetTimestamp();
    }
}
