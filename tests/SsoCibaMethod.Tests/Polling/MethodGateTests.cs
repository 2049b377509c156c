namespace SsoCibaMethod.Tests.Polling;

/// <summary>How many logins wait for an answer of one OP at once.</summary>
public class MethodGateTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_silent_OP_does_not_make_the_polls_of_another_method_later()
    {
        await using var bench = new PollerBench();
        var silence = new TaskCompletionSource<HttpResponseMessage>();
        var asked = 0;
        var silent = bench.Method("Silent", ticket =>
        {
            _ = Interlocked.Increment(ref asked);
            return silence.Task;
        });
        var times = new List<TimeSpan>();
        var other = bench.Method("Other", _ =>
        {
            times.Add(bench.Poller.Clock);
            return Task.FromResult(PollerBench.Error("authorization_pending"));
        });

        // More logins of the silent OP than it has places: few at first, and twice as many each quarter of a second.
        for (var i = 0; i < 1_200; i++)
        {
            _ = await bench.WaitAsync(silent, $"silent{i}");
        }

        var begin = bench.Poller.Clock;
        _ = await bench.WaitAsync(other, "other");
        for (var i = 0; i < 30; i++)
        {
            bench.Clock.Advance(Second);
            var silentOnes = i < 4 ? 0 : i == 4 ? 64 : 1_000;
            await PollerBench.UntilAsync(() => Volatile.Read(ref asked) == silentOnes && bench.Poller.IsAtRest(silentOnes));
        }

        Assert.Equal([5, 10, 15, 20, 25, 30], times.Select(time => (time - begin).TotalSeconds));
    }

    [Fact]
    public async Task Many_that_are_due_together_do_not_each_begin_a_connection()
    {
        await using var bench = new PollerBench();
        var silence = new TaskCompletionSource();
        var asked = 0;
        var method = bench.Method("Ciba", async ticket =>
        {
            _ = Interlocked.Increment(ref asked);
            await silence.Task;
            return PollerBench.Error("authorization_pending");
        });
        for (var i = 0; i < 1_000; i++)
        {
            _ = await bench.WaitAsync(method, $"id{i}");
        }

        bench.Clock.Advance(5 * Second);
        await PollerBench.UntilAsync(() => Volatile.Read(ref asked) >= 64 && bench.Poller.IsAtRest(asked));
        Assert.Equal(64, asked);

        silence.SetResult();
        await PollerBench.UntilAsync(() => bench.Poller.IsAtRest());
        Assert.Equal(1_000, asked);

        silence = new TaskCompletionSource();
        bench.Clock.Advance(5 * Second);
        await PollerBench.UntilAsync(() => Volatile.Read(ref asked) >= 1_064 && bench.Poller.IsAtRest(asked - 1_000));
        Assert.Equal(1_064, asked);
    }
}
