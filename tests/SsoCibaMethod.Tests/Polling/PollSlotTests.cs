namespace SsoCibaMethod.Tests.Polling;

public class PollSlotTests
{
    // A handler of the host may end its request on the thread that cancels it: what goes on then takes other locks, whose holders may wait for the slot's.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_goes_on_once_a_poll_is_broken_off_does_not_run_with_the_slots_lock(bool isEnd)
    {
        await using var bench = new PollerBench();
        var slot = await bench.SlotAsync("id", now: default, dueIn: default);
        using var poll = new CancellationTokenSource();
        var isLocked = new TaskCompletionSource<bool>();
        _ = poll.Token.Register(() => isLocked.SetResult(Monitor.IsEntered(slot)));
        Assert.True(slot.TryBegin(poll));

        if (isEnd)
        {
            slot.End();
        }
        else
        {
            await slot.BreakOffAsync();
        }

        Assert.False(await isLocked.Task);
    }
}
