namespace SsoCibaMethod.Polling;

/// <summary>Hands out what is due when it is due, and counts the work under way. It decides nothing about a login.</summary>
internal sealed class PollLoop(TimeProvider time)
{
    // What timers count in.
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(1);

    private readonly DueQueue _queue = new();
    private readonly Lock _gate = new();

    private Action<PollSlot>? _serve;
    private ITimer? _timer;
    private int _wakeCalls;
    private int _wakeCallsServed;
    private int _running;

    /// <summary>The monotonic clock all schedules count on.</summary>
    public TimeSpan Clock => time.GetElapsedTime(0);

    /// <summary>Whether all that is due has been set under way, and so many pieces of work are still out.</summary>
    /// <param name="underWay">How many.</param>
    public bool IsAtRest(int underWay)
    {
        // What ends and queues itself again between the readings shows in the second count of calls.
        var calls = Volatile.Read(ref _wakeCalls);
        return Volatile.Read(ref _wakeCallsServed) == calls && Volatile.Read(ref _running) == underWay && Volatile.Read(ref _wakeCalls) == calls;
    }

    /// <summary>Queues a login for its next time.</summary>
    public void Add(PollSlot slot)
    {
        // The loop wakes for what is due first, and finds the rest then.
        if (_queue.Add(slot))
        {
            Wake();
        }
    }

    /// <summary>Puts a queued login to its new time; one that is being served comes back with it.</summary>
    public void Move(PollSlot slot)
    {
        if (_queue.Move(slot))
        {
            Wake();
        }
    }

    /// <summary>Says that work is under way, until <see cref="Leave"/>.</summary>
    public void Enter() => Interlocked.Increment(ref _running);

    /// <summary>Says that it is over.</summary>
    public void Leave() => Interlocked.Decrement(ref _running);

    /// <summary>Lets another thread begin work; it must not throw.</summary>
    public void Run(Action begin)
    {
        Enter();
        _ = ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                begin();
                Leave();
            },
            null);
    }

    /// <summary>Serves what is due, until stopped.</summary>
    /// <param name="serve">Begins the work for a login; it must not throw, and count what is under way.</param>
    /// <param name="cancellationToken">Stops the loop.</param>
    public async Task RunAsync(Action<PollSlot> serve, CancellationToken cancellationToken)
    {
        ITimer timer;
        using (ExecutionContext.SuppressFlow())
        {
            // What it serves is no part of the host's start, which may be traced.
            timer = time.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        using var _ = timer;
        Begin(serve, timer);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }
        finally
        {
            End();
        }
    }

    private void Begin(Action<PollSlot> serve, ITimer timer)
    {
        lock (_gate)
        {
            (_serve, _timer) = (serve, timer);
        }

        Wake();
    }

    private void End()
    {
        lock (_gate)
        {
            (_serve, _timer) = (null, null);
        }
    }

    // Whoever brings a login has work of its own.
    private void Wake()
    {
        _ = Interlocked.Increment(ref _wakeCalls);
        _ = ThreadPool.UnsafeQueueUserWorkItem(static loop => loop.Turn(), this, preferLocal: false);
    }

    // On the timer's own thread: each hand-over wakes one thread more, which costs as much as some polls do.
    private void OnTimer()
    {
        _ = Interlocked.Increment(ref _wakeCalls);
        Turn();
    }

    private void Turn()
    {
        Enter();
        List<PollSlot> due = [];
        if (TakeDue(due) is { } serve)
        {
            // With the timer set already: whoever is slow here holds up nobody who is due later.
            due.ForEach(serve);
        }

        Leave();
    }

    private Action<PollSlot>? TakeDue(List<PollSlot> due)
    {
        lock (_gate)
        {
            while (_timer is not null)
            {
                var wakeCalls = Volatile.Read(ref _wakeCalls);
                var now = Clock;
                if (_queue.Take(now, due) is { } pause)
                {
                    // Rounded up: a timer that fires early would only come back here, for no poll leaves before its time.
                    _ = _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(pause.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
                    if (Clock - now > Grain)
                    {
                        // The pause was counted from an earlier time than the timer counts from.
                        continue;
                    }
                }

                Volatile.Write(ref _wakeCallsServed, wakeCalls);
                break;
            }

            return _serve;
        }
    }
}
