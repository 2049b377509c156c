using SsoCibaMethod.Benchmarks.Polls;

namespace SsoCibaMethod.Benchmarks.Waiting;

/// <summary>
/// The least that keeps the interval and lets polls leave in groups like ours: a queue in the order of time over the raw client. It knows no store, no end, no failure.
/// </summary>
internal sealed class RawWheel : IAsyncDisposable
{
    private const int Most = 128;

    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);

    private readonly PriorityQueue<int, TimeSpan> _queue = new();
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly IPollClient _client;
    private readonly Lateness _lateness;
    private readonly Task _running;
    private int _out;

    public RawWheel(IPollClient client, int logins, Lateness lateness)
    {
        (_client, _lateness) = (client, lateness);
        for (var login = 0; login < logins; login++)
        {
            _queue.Enqueue(login, Clock + WaitingSide.FirstPollIn(login, logins));
        }

        _running = RunAsync();
    }

    private static TimeSpan Clock => TimeProvider.System.GetElapsedTime(0);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (Volatile.Read(ref _out) > 0)
        {
            await Task.Delay(Apart, TimeProvider.System);
        }

        _stop.Dispose();
        _client.Dispose();
    }

    private async Task RunAsync()
    {
        List<(int Login, TimeSpan Due)> group = [];
        while (!_stop.IsCancellationRequested)
        {
            group.Clear();
            var leavesAt = Gather(group);
            while (leavesAt - Clock is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), TimeProvider.System, _stop.Token);
            }

            foreach (var (login, due) in group)
            {
                _ = PollAsync(login, due);
            }
        }
    }

    private TimeSpan Gather(List<(int Login, TimeSpan Due)> group)
    {
        lock (_gate)
        {
            if (!_queue.TryPeek(out _, out var first))
            {
                return Clock + Apart;
            }

            var last = first;
            while (group.Count < Most && _queue.TryPeek(out var login, out var due) && due - first <= Longest && due - last <= Apart)
            {
                last = due;
                group.Add((login, due));
                _ = _queue.Dequeue();
            }

            return last;
        }
    }

    private async Task PollAsync(int login, TimeSpan due)
    {
        _ = Interlocked.Increment(ref _out);
        try
        {
            if (Lateness.IsSampled(login))
            {
                _lateness.Add(Clock - due);
            }

            await _client.PollAsync(login);
            lock (_gate)
            {
                _queue.Enqueue(login, Clock + WaitingSide.Interval);
            }
        }
        finally
        {
            _ = Interlocked.Decrement(ref _out);
        }
    }
}
