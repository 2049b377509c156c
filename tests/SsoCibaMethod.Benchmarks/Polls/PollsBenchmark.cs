using SsoCibaMethod.Benchmarks.Measuring;
using SsoCibaMethod.Benchmarks.Op;

namespace SsoCibaMethod.Benchmarks.Polls;

/// <summary>CPU of one poll, closed load: the whole of our client against the platform's HTTP alone.</summary>
internal static class PollsBenchmark
{
    public static async Task<Table> RunAsync(BenchmarkSettings settings)
    {
        var pace = settings.PaceOf(seconds: 5, rounds: 5, warmUp: 5);
        var table = new Table();
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

        return table;
    }
}
