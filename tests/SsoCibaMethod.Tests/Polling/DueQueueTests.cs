using System.Collections.Concurrent;
using SsoCibaMethod.Client;
using SsoCibaMethod.Polling;

namespace SsoCibaMethod.Tests.Polling;

/// <summary>Polls that are due shortly after one another leave together, for that is how they cost least.</summary>
public class DueQueueTests
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    [Fact]
    [Trait("Spec", "C-61")]
    public async Task What_is_due_within_30_ms_of_the_first_leaves_with_it_when_the_last_is_due_and_no_poll_is_early_or_30_ms_late()
    {
        await using var departures = await Departures.OfAsync(logins: 10, apart: 7 * Millisecond);

        var first = await departures.NextRoundAsync();

        Assert.Equal([5, 5], first.GroupBy(poll => poll.Step).Select(group => group.Count()));
        Assert.All(first, poll => Assert.InRange(poll.Late, TimeSpan.Zero, 30 * Millisecond));
    }

    [Fact]
    [Trait("Spec", "C-61")]
    public async Task What_left_together_comes_back_together_and_waits_no_more()
    {
        await using var departures = await Departures.OfAsync(logins: 5, apart: 7 * Millisecond);
        _ = await departures.NextRoundAsync();

        var second = await departures.NextRoundAsync();

        _ = Assert.Single(second.Select(poll => poll.Step).Distinct());
        Assert.All(second, poll => Assert.InRange(poll.Late, TimeSpan.Zero, Millisecond));
    }

    [Fact]
    public async Task No_more_than_256_leave_together()
    {
        await using var departures = await Departures.OfAsync(logins: 300, apart: Millisecond / 10);

        var first = await departures.NextRoundAsync();

        Assert.Equal([256, 44], first.GroupBy(poll => poll.Step).Select(group => group.Count()));
    }

    [Fact]
    [Trait("Spec", "C-61")]
    public async Task What_is_due_apart_from_others_waits_for_none()
    {
        await using var departures = await Departures.OfAsync(logins: 4, apart: 120 * Millisecond);

        var first = await departures.NextRoundAsync();

        Assert.All(first, poll => Assert.InRange(poll.Late, TimeSpan.Zero, Millisecond));
    }

    [Fact]
    [Trait("Spec", "C-83")]
    public async Task A_poll_that_the_OP_called_for_waits_for_nobody()
    {
        await using var departures = await Departures.OfAsync(logins: 3, apart: 7 * Millisecond);
        await departures.UntilFirstIsDueAsync();

        Assert.Empty(departures.Left);
        await departures.PingAsync(login: 1);

        Assert.Equal(["1"], departures.Left);
    }

    [Fact]
    public async Task Who_comes_in_another_order_than_they_are_due_leave_together_all_the_same()
    {
        var queue = await QueueAsync([29, 10, 45]);

        Assert.Empty(Take(queue, 28));
        Assert.Equal([29, 10], Take(queue, 29));
        Assert.Equal([45], Take(queue, 45));
    }

    [Fact]
    [Trait("Spec", "C-61")]
    public async Task In_whatever_order_they_come_nobody_leaves_early_or_waits_longer_than_30_ms()
    {
        var queue = await QueueAsync([.. Enumerable.Range(0, 2_000).Select(login => login * 617 % 1_000)]);

        var late = Enumerable.Range(0, 1_000).SelectMany(now => Take(queue, now).Select(due => now - due)).ToList();

        Assert.Equal(2_000, late.Count);
        Assert.All(late, wait => Assert.InRange(wait, 0, 30));
    }

    private static async Task<DueQueue> QueueAsync(IReadOnlyList<int> dues)
    {
        await using var bench = new PollerBench();
        var method = bench.Method("Ciba", _ => new TaskCompletionSource<HttpResponseMessage>().Task);
        var login = await bench.WaitAsync(method, "id");
        var queue = new DueQueue();
        foreach (var due in dues)
        {
            _ = queue.Add(new PollSlot(method, login, PollSchedule.Resume(default, due * Millisecond, TimeSpan.FromSeconds(300), method.PollSettings)));
        }

        return queue;
    }

    private static List<int> Take(DueQueue queue, int now)
    {
        List<PollSlot> taken = [];
        _ = queue.Take(now * Millisecond, taken);
        return [.. taken.Select(slot => (int)slot.Schedule.Due.TotalMilliseconds)];
    }

    /// <summary>Logins that are due one after the other, and when each was polled.</summary>
    private sealed class Departures : IAsyncDisposable
    {
        private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

        private readonly PollerBench _bench = new();
        private readonly List<string> _ids = [];
        private readonly ConcurrentDictionary<string, TimeSpan> _dueAt = new(StringComparer.Ordinal);
        private readonly ConcurrentQueue<(string AuthReqId, int Step, TimeSpan Late)> _round = [];

        private int _step;

        private Departures()
        {
        }

        public IEnumerable<string> Left => _round.Select(poll => poll.AuthReqId);

        public static async Task<Departures> OfAsync(int logins, TimeSpan apart)
        {
            var departures = new Departures();
            var method = departures._bench.Method("Ciba", departures.Answer);
            for (var login = 0; login < logins; login++)
            {
                var authReqId = $"{login}";
                departures._ids.Add((await departures._bench.WaitAsync(method, authReqId)).Id);
                departures._dueAt[authReqId] = departures._bench.Poller.Clock + Interval;
                departures._bench.Clock.Advance(apart);
            }

            await departures._bench.SettleAsync();
            return departures;
        }

        public Task UntilFirstIsDueAsync() => _bench.AdvanceAsync(_dueAt["0"] + Millisecond - _bench.Poller.Clock);

        public async Task PingAsync(int login)
        {
            Assert.True(_bench.Poller.Ping(_ids[login]));
            await _bench.SettleAsync();
        }

        public async Task<IReadOnlyList<(string AuthReqId, int Step, TimeSpan Late)>> NextRoundAsync()
        {
            _round.Clear();
            await _bench.AdvanceAsync(_dueAt.Values.Min() - Millisecond - _bench.Poller.Clock);
            while (_round.Count < _ids.Count)
            {
                // What leaves together does so in one step of the clock, which may go on by a part of it meanwhile.
                _step++;
                await _bench.AdvanceAsync(Millisecond);
            }

            return [.. _round];
        }

        public ValueTask DisposeAsync() => _bench.DisposeAsync();

        private Task<HttpResponseMessage> Answer(string authReqId)
        {
            var now = _bench.Poller.Clock;
            _round.Enqueue((authReqId, _step, now - _dueAt[authReqId]));
            _dueAt[authReqId] = now + Interval;
            return Task.FromResult(PollerBench.Error("authorization_pending"));
        }
    }
}
