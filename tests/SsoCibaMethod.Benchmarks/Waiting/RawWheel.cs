using SsoCibaMethod.Benchmarks.Polls;

namespace SsoCibaMethod.Benchmarks.Waiting;

/// <summary>
/// The least that keeps the interval and lets polls leave in groups and over as many places like ours: a queue in the order of time over the raw client. It knows no store, no end, no failure.
/// </summary>
internal sealed class RawWheel : IAsyncDisposable
{
    private const int Most = 256;
    private const int Places = 64;

    private static readonly TimeSpan Width = TimeSpan.FromMilliseconds(30);

    private readonly PriorityQueue<int, TimeSpan> _queue = new();
    private readonly Queue<int> _line = new();
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly IPollClient _client;
    private readonly Task _running;
    private int _out;

    public RawWheel(IPollClient client, int logins)
    {
        _client = client;
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
            await Task.Delay(Width, TimeProvider.System);
        }

        _stop.Dispose();
        _client.Dispose();
    }

    private async Task RunAsync()
    {
        List<int> group = [];
        while (!_stop.IsCancellationRequested)
        {
            group.Clear();
            var leavesAt = Gather(group);
            while (leavesAt - Clock is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), TimeProvider.System, _stop.Token);
            }

            foreach (var login in group.Where(HasPlace))
            {
                _ = PollAsync(login);
            }
        }
    }

    private TimeSpan Gather(List<int> group)
    {
        lock (_gate)
        {
            if (!_queue.TryPeek(out _, out var first))
            {
                return Clock + Width;
            }

            var last = first;
            while (group.Count < Most && _queue.TryPeek(out var login, out var due) && due - first <= Width)
            {
                last = due;
                group.Add(login);
                _ = _queue.Dequeue();
            }

            return last;
        }
    }

    private bool HasPlace(int login)
    {
        lock (_gate)
        {
            if (_out < Places)
            {
                _out++;
                return true;
            }

            _line.Enqueue(login);
            return false;
        }
    }

    private async Task PollAsync(int first)
    {
        try
        {
            for (int? next = first; next is { } login; next = Next())
            {
                await _client.PollAsync(login);
                lock (_gate)
                {
                    _queue.Enqueue(login, Clock + WaitingSide.Interval);
                }
            }
        }
        catch
        {
            lock (_gate)
            {
                _out--;
            }

            throw;
        }
    }

    private int? Next()
    {
        lock (_gate)
        {
            if (_line.TryDequeue(out var next))
            {
                return next;
            }

            _out--;
            return null;
        }
    }
}
