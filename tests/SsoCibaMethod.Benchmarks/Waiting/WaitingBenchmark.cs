using SsoCibaMethod.Benchmarks.Measuring;
using SsoCibaMethod.Benchmarks.Op;
using SsoCibaMethod.Benchmarks.Polls;

namespace SsoCibaMethod.Benchmarks.Waiting;

/// <summary>Many logins that wait, open load: what a poll costs, whether any comes early, how late they leave.</summary>
internal static class WaitingBenchmark
{
    /// <summary>As an OP is reached.</summary>
    public static Task RunAsync(BenchmarkSettings settings) => RunAsync(settings, doors =>
    [
        (doors.Http1, doors.Http1, "HTTP/1.1 over TLS", null),
        (doors.Http2, doors.Http1, "HTTP/2 over TLS", 0.38),
    ]);

    /// <summary>Without encryption. Where least is spent single rounds differ most, so it has more of them.</summary>
    public static Task RunClearAsync(BenchmarkSettings settings) =>
        RunAsync(settings with { Rounds = settings.Rounds ?? 7 }, doors => [(doors.Clear, doors.Clear, "HTTP/1.1 in the clear", 0.50)]);

    private static async Task RunAsync(BenchmarkSettings settings, Func<OpDoors, IReadOnlyList<(string Ours, string OfLoop, string Name, double? MostOfLoop)>> choose)
    {
        var pace = settings.PaceOf(seconds: 15, rounds: 3, warmUp: 20);
        var logins = settings.Logins ?? 10_000;
        var table = new Table();
        await using var op = await OpProcess.StartAsync();
        foreach (var (door, doorOfLoop, name, ofLoop) in choose(op.Doors))
        {
            // New ids for each turn: an OP knows the old ones' last polls.
            var ours = new WaitingSide(op, lateness => OurWaiting.StartAsync(op, door, Registration.AuthReqIds(logins), lateness));
            var raw = new WaitingSide(op, lateness => Task.FromResult<IAsyncDisposable>(new RawWheel(Raw(op, door, logins, lateness), logins)));
            var loops = new WaitingSide(op, lateness => Task.FromResult<IAsyncDisposable>(new DelayLoops(new DuendeClient(op, doorOfLoop, Registration.AuthReqIds(logins)), logins, lateness)));
            var cpu = await Contest.RunAsync(pace, ours.CpuOfPollAsync, raw.CpuOfPollAsync, loops.CpuOfPollAsync);
            var load = $"{logins} waiting, {name}";
            table.Add($"{load}: CPU a poll, against raw on a wheel", "µs", cpu[0], cpu[1], 1.15);
            table.Add($"{load}: CPU a poll, against a Duende loop a login", "µs", cpu[0], cpu[2], ofLoop);
            table.Add($"{load}: a Duende loop a login, against raw on a wheel", "µs", cpu[2], cpu[1]);
            table.Add($"{load}: polls a second, against a Duende loop a login", "", ours.PollsPerSecond, loops.PollsPerSecond);
            table.Add($"{load}: early polls", "", ours.Early, 0);
            table.Add($"{load}: early polls of raw on a wheel", "", raw.Early);
            table.Add($"{load}: early polls of a Duende loop a login", "%", Math.Round(100 * loops.EarlyShare, 1));
            table.Add($"{load}: overlapping polls", "", ours.Overlaps, 0);
            table.Add($"{load}: lateness p50", "ms", ours.Lateness.Median, 25);
            table.Add($"{load}: lateness p99", "ms", ours.Lateness.At(0.99), 50);
            table.Add($"{load}: lateness p50 of raw on a wheel", "ms", raw.Lateness.Median);
            table.Add($"{load}: lateness p99 of raw on a wheel", "ms", raw.Lateness.At(0.99));
            table.Add($"{load}: lateness p50 of a Duende loop", "ms", loops.Lateness.Median);
            table.Add($"{load}: lateness p99 of a Duende loop", "ms", loops.Lateness.At(0.99));
        }
    }

    // Seen from outside, as ours is: both pay for it.
    private static RawClient Raw(OpProcess op, string door, int logins, Lateness lateness) => new(
        new LatenessHandler(op.CreateHandler(), lateness, WaitingSide.Interval), door, op.Doors.VersionOf(door), [.. Registration.AuthReqIds(logins).Select(LatenessHandler.Mark)]);
}
