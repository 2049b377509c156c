using System.Net;
using SsoCibaMethod.Benchmarks.Hosting;
using SsoCibaMethod.Benchmarks.Measuring;
using SsoCibaMethod.Benchmarks.Op;

namespace SsoCibaMethod.Benchmarks.Polls;

/// <summary>CPU of one poll, closed load: the whole of our client against the platform's HTTP alone.</summary>
internal static class PollsBenchmark
{
    public static async Task RunAsync(BenchmarkSettings settings)
    {
        var pace = settings.PaceOf(seconds: 5, rounds: 5, warmUp: 5);
        var table = new Table();
        await AddOwnCodeAsync(table, pace);
        await using var op = await OpProcess.StartAsync();
        foreach (var (door, name) in new[] { (op.Doors.Http1, "HTTP/1.1"), (op.Doors.Http2, "HTTP/2") })
        {
            foreach (var (signs, proof, target) in new[] { (false, "client_secret_basic", 1.10), (true, "private_key_jwt ES256", 1.15) })
            {
                var authReqIds = Registration.AuthReqIds(ClosedLoad.Workers);
                using var ours = new OurClient(op, door, authReqIds, signs);
                using var raw = new RawClient(op, door, authReqIds, signs);
                var figures = await Contest.RunAsync(
                    pace, duration => ClosedLoad.CpuOfCallAsync(ours.PollAsync, duration), duration => ClosedLoad.CpuOfCallAsync(raw.PollAsync, duration));
                table.Add($"poll, {name} over TLS, {proof}, against raw", "µs", figures[0], figures[1], target);
            }
        }
    }

    // What of a poll is code and not wire; a change of it shows here first, for little else disturbs it.
    private static async Task AddOwnCodeAsync(Table table, Pace pace)
    {
        foreach (var (signs, proof) in new[] { (false, "client_secret_basic"), (true, "private_key_jwt ES256") })
        {
            var authReqIds = Registration.AuthReqIds(1);
            using var ours = new OurClient(new StaticOp(), StaticOp.Issuer, authReqIds, signs);
            using var raw = new RawClient(new StaticOp(), StaticOp.Issuer, HttpVersion.Version20, authReqIds, signs);
            var figures = await Contest.RunAsync(
                pace, duration => ClosedLoad.CpuOfCallAsync(ours.PollAsync, duration, workers: 1), duration => ClosedLoad.CpuOfCallAsync(raw.PollAsync, duration, workers: 1));
            table.Add($"poll without a wire, {proof}", "µs", figures[0], figures[1]);
            table.Add($"poll without a wire, {proof}: allocated", "B", await BytesAsync(ours), await BytesAsync(raw));
        }
    }

    private static async Task<Series> BytesAsync(IPollClient client)
    {
        const int Polls = 1_000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Polls; i++)
        {
            await client.PollAsync(0);
        }

        return new Series([(double)(GC.GetAllocatedBytesForCurrentThread() - before) / Polls]);
    }
}
