using SsoCibaMethod.Client;
using SsoCibaMethod.Polling;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Tests.Polling;

public class PollLoopTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Time_that_goes_by_before_the_timer_is_set_makes_no_poll_late()
    {
        await using var bench = new PollerBench();
        var method = bench.Method("Ciba", _ => new TaskCompletionSource<HttpResponseMessage>().Task);
        var login = await bench.WaitAsync(method, "id");
        var clock = new ManualTimeProvider();
        var loop = new PollLoop(new HesitantTimers(clock, Second));
        loop.Add(new PollSlot(method, login, PollSchedule.Resume(loop.Clock, 5 * Second, 300 * Second, method.PollSettings)));

        using var stop = new CancellationTokenSource();
        var running = loop.RunAsync(_ => { }, stop.Token);

        await Until.TrueAsync(() => clock.IsDueIn(4 * Second));
        await stop.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    /// <summary>Lets a time go by between the call that sets a timer and its setting, as a thread does that loses its processor there.</summary>
    private sealed class HesitantTimers(ManualTimeProvider clock, TimeSpan hesitation) : TimeProvider
    {
        public override long TimestampFrequency => clock.TimestampFrequency;

        public override long GetTimestamp() => clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new HesitantTimer(clock.CreateTimer(callback, state, dueTime, period), clock, hesitation);
    }

    private sealed class HesitantTimer(ITimer timer, ManualTimeProvider clock, TimeSpan hesitation) : ITimer
    {
        private int _calls;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            // Not at the first: what is added to the queue makes the loop look twice.
            if (++_calls == 2)
            {
                clock.Advance(hesitation);
            }

            return timer.Change(dueTime, period);
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
