using SsoCibaMethod.Benchmarks.Polls;

namespace SsoCibaMethod.Benchmarks.Waiting;

/// <summary>The least that keeps the interval: a queue in the order of time, looked at each tick, over the raw client. It knows no store, no end, no failure.</summary>
internal sealed class RawWheel : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

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
            await Task.Delay(Tick, TimeProvider.System);
        }

        _stop.Dispose();
        _client.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Tick, TimeProvider.System);
        List<(int Login, TimeSpan Due)> due = [];
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            due.Clear();
            lock (_gate)
            {
                while (_queue.TryPeek(out var login, out var at) && at <= Clock)
                {
                    due.Add((login, at));
                    _ = _queue.Dequeue();
                }
            }

            foreach (var (login, at) in due)
            {
                _ = PollAsync(login, at);
            }
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
