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
        var clock = new ManualTimeProvider();
        var timers = new HesitantTimers(clock, Second);
        var loop = new PollLoop(timers);
        var slot = await bench.SlotAsync("id", loop.Clock, dueIn: 5 * Second);
        using var stop = new CancellationTokenSource();
        var running = loop.RunAsync(_ => { }, stop.Token);
        await Until.TrueAsync(() => loop.IsAtRest(0));

        timers.Hesitate();
        loop.Add(slot);

        await Until.TrueAsync(() => loop.IsAtRest(0));
        Assert.True(clock.IsDueIn(4 * Second));
        await stop.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    // Its turns begin on a timer's thread, which would carry on the start's trace and scopes for as long as the host lives.
    [Fact]
    public async Task What_is_served_is_no_part_of_what_the_loop_was_started_in()
    {
        await using var bench = new PollerBench();
        var loop = new PollLoop(TimeProvider.System);
        loop.Add(await bench.SlotAsync("id", loop.Clock, dueIn: Second / 20));
        var start = new AsyncLocal<string?> { Value = "the host's start" };
        var seen = new TaskCompletionSource<string?>();

        using var stop = new CancellationTokenSource();
        var running = loop.RunAsync(_ => seen.SetResult(start.Value), stop.Token);

        Assert.Null(await seen.Task);
        await stop.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Who_is_slow_to_be_served_holds_up_nobody_who_is_due_later()
    {
        await using var bench = new PollerBench();
        var loop = new PollLoop(TimeProvider.System);
        var slow = await bench.SlotAsync("slow", loop.Clock, dueIn: Second / 20);
        loop.Add(slow);
        loop.Add(await bench.SlotAsync("later", loop.Clock, dueIn: Second / 2));
        using var released = new ManualResetEventSlim();

        using var stop = new CancellationTokenSource();
        var wasHeldUp = true;
        var running = loop.RunAsync(Serve, stop.Token);
        await Until.TrueAsync(() => released.IsSet && loop.IsAtRest(0));

        Assert.False(wasHeldUp);
        await stop.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        void Serve(PollSlot slot)
        {
            if (slot == slow)
            {
                wasHeldUp = !released.Wait(TimeSpan.FromSeconds(30));
            }
            else
            {
                released.Set();
            }
        }
    }

    /// <summary>Lets a time go by between the call that sets a timer and its setting, as a thread does that loses its processor there.</summary>
    private sealed class HesitantTimers(ManualTimeProvider clock, TimeSpan hesitation) : TimeProvider
    {
        private int _hesitates;

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override long GetTimestamp() => clock.GetTimestamp();

        /// <summary>Says that the next setting of a timer is such a one.</summary>
        public void Hesitate() => _hesitates = 1;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new HesitantTimer(clock.CreateTimer(callback, state, dueTime, period), this);

        private void BeforeChange()
        {
            if (Interlocked.Exchange(ref _hesitates, 0) == 1)
            {
                clock.Advance(hesitation);
            }
        }

        private sealed class HesitantTimer(ITimer timer, HesitantTimers timers) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                timers.BeforeChange();
                return timer.Change(dueTime, period);
            }

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}
