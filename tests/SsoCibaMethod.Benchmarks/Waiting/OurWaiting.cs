using SsoCibaMethod.Benchmarks.Hosting;
using SsoCibaMethod.Benchmarks.Op;

namespace SsoCibaMethod.Benchmarks.Waiting;

/// <summary>Our poller in a whole host, over the in-memory store.</summary>
internal static class OurWaiting
{
    public static async Task<IAsyncDisposable> StartAsync(OpProcess op, string door, IReadOnlyList<string> authReqIds, Lateness lateness)
    {
        var host = await BenchmarkHost.StartAsync(door, new LatenessHandler(op.CreateHandler(), lateness, WaitingSide.Interval));

        // To put them on the record takes seconds, which must not bring the first and the last together.
        var begunAt = TimeProvider.System.GetTimestamp();
        for (var login = 0; login < authReqIds.Count; login++)
        {
            _ = await host.AddLoginAsync(LatenessHandler.Mark(authReqIds[login], login), WaitingSide.Interval, TimeSpan.FromSeconds(2) + WaitingSide.FirstPollIn(login, authReqIds.Count) - TimeProvider.System.GetElapsedTime(begunAt));
        }

        return host;
    }
}
