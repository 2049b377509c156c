using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Client;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.Methods;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Polling;

/// <summary>
/// Brings the logins this node owns to their end: asks the OP when the schedule says so, and writes to the store only when something changes.
/// The browser has no part in it; closing or reloading the page changes nothing.
/// </summary>
internal sealed class LoginPoller(PendingLoginService logins, TimeProvider time, ILogger<CibaHandler> logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, PollSlot> _slots = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<CibaMethod, MethodGate> _gates = [];
    private readonly PollAnswers _answers = new(logins, time, logger);
    private readonly DueQueue _queue = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly CancellationTokenSource _stopping = new();

    private long _leaseEndsAt = long.MaxValue;
    private int _wakeCalls;
    private int _wakeCallsServed;
    private int _running;
    private ITimer? _leaseTimer;

    /// <summary>This node's name, by which records say who owns them.</summary>
    public string Node { get; private set; } = NewNode();

    /// <summary>The monotonic clock all schedules count on.</summary>
    public TimeSpan Clock => time.GetElapsedTime(0);

    /// <summary>How many logins are being polled.</summary>
    public int Count => _slots.Count;

    /// <summary>Whether all that is due has been set under way, and so many polls are still out.</summary>
    /// <param name="underWay">How many.</param>
    public bool IsAtRest(int underWay = 0)
    {
        // What ends and queues itself again between the readings shows in the second count of calls.
        var calls = Volatile.Read(ref _wakeCalls);
        return Volatile.Read(ref _wakeCallsServed) == calls && Volatile.Read(ref _running) == underWay && Volatile.Read(ref _wakeCalls) == calls;
    }

    /// <summary>Begins to poll for a login this node owns.</summary>
    /// <param name="method">Its method, as it stands now.</param>
    /// <param name="login">The login, waiting.</param>
    /// <param name="schedule">When to ask.</param>
    /// <param name="isTakenOver">Whether another node polled before, perhaps without writing down what it got.</param>
    public void Adopt(CibaMethod method, PendingLogin login, PollSchedule schedule, bool isTakenOver = false)
    {
        var slot = new PollSlot(method, login.Id, login.Reference, login.Details.AuthReqId!, schedule) { HasUnansweredPoll = isTakenOver };
        if (_slots.TryAdd(login.Id, slot))
        {
            Requeue(slot);
        }
    }

    /// <summary>Stops polling for a login, also in mid-poll.</summary>
    public void Forget(string id)
    {
        if (_slots.TryRemove(id, out var slot))
        {
            slot.End();
        }
    }

    /// <summary>Stops polling for a login that has ended or belongs to another node now.</summary>
    public async Task ReviewAsync(string id, CancellationToken cancellationToken)
    {
        if (!_slots.ContainsKey(id))
        {
            return;
        }

        var login = await logins.FindAsync(id, cancellationToken);
        if (login?.State != PendingLoginState.Waiting || login.Owner != Node)
        {
            Forget(id);
        }
    }

    /// <summary>Says until when this node may send: a lease that ran out may have passed its logins on, so what is under way then is broken off.</summary>
    public void Lease(TimeSpan until)
    {
        Volatile.Write(ref _leaseEndsAt, until.Ticks);
        _leaseTimer ??= time.CreateTimer(_ => BreakOff(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _ = _leaseTimer.Change(until - Clock, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Forgets everything and takes a new name, because the lease was lost.</summary>
    public string Rejoin()
    {
        foreach (var id in _slots.Keys)
        {
            Forget(id);
        }

        Node = NewNode();
        return Node;
    }

    /// <summary>Sends what is due, until stopped.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        List<PollSlot> due = [];
        while (!cancellationToken.IsCancellationRequested)
        {
            var wakeCalls = Volatile.Read(ref _wakeCalls);
            due.Clear();
            var wait = _queue.Take(Clock, due);
            due.ForEach(Serve);
            if (due.Count > 0)
            {
                continue;
            }

            if (wait is { } pause)
            {
                // Rounded up: a timer that fires early would only come back here, for no poll leaves before its time.
                _ = timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(pause.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
            }

            Volatile.Write(ref _wakeCallsServed, wakeCalls);
            await _wake.WaitAsync(cancellationToken);
        }
    }

    public void Stop() => _stopping.Cancel();

    public void Dispose()
    {
        _leaseTimer?.Dispose();
        _stopping.Dispose();
        _wake.Dispose();
    }

    private static string NewNode() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    private void BreakOff()
    {
        foreach (var slot in _slots.Values)
        {
            slot.BreakOff();
        }
    }

    private void GoOn(PollSlot slot)
    {
        if (!slot.IsEnded && !_stopping.IsCancellationRequested)
        {
            Requeue(slot);
        }
    }

    private void Requeue(PollSlot slot)
    {
        _queue.Add(slot);
        Wake();
    }

    private void Wake()
    {
        _ = Interlocked.Increment(ref _wakeCalls);
        _ = _wake.Release();
    }

    private void Serve(PollSlot slot)
    {
        if (Clock >= slot.Schedule.Deadline)
        {
            Run(slot, () => EndAsync(slot, LoginOutcome.Expired, "Nobody decided in time."));
        }
        else if (slot.IsAwaitingOthers)
        {
            Run(slot, () => EndAsync(slot, LoginOutcome.Lost, "The OP's answer to an earlier poll was lost on the way."));
        }
        else if (GateOf(slot).TryEnter(slot))
        {
            Run(slot, () => PollAsync(slot));
        }
    }

    private MethodGate GateOf(PollSlot slot) => _gates.GetValue(slot.Method, _ => new MethodGate());

    // No exception leaves the poller: it would end the host.
    private void Run(PollSlot slot, Func<Task> work)
    {
        _ = Interlocked.Increment(ref _running);
        _ = Task.Run(() => GuardAsync(slot, work));
    }

    private async Task GuardAsync(PollSlot slot, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception exception)
        {
            logger.LoginSurprise(slot.Reference, slot.Method.Scheme, exception);
            slot.HasUnansweredPoll = true;
            slot.Schedule = slot.Schedule.AfterUnavailable(Clock, Clock);
            GoOn(slot);
        }
        finally
        {
            _ = Interlocked.Decrement(ref _running);
        }
    }

    private async Task EndAsync(PollSlot slot, LoginOutcome outcome, string cause)
    {
        await _answers.EndAsync(slot, outcome, cause, Node);
        Forget(slot.Id);
    }

    private async Task PollAsync(PollSlot slot)
    {
        var sentAt = Clock;
        TokenResponse? answer;
        try
        {
            answer = await SendAsync(slot, sentAt);
        }
        finally
        {
            if (GateOf(slot).Leave() is { } next)
            {
                Run(next, () => PollAsync(next));
            }
        }

        if (answer is null)
        {
            // The deadline, the lease or the end of the login broke off the wait for the answer.
            slot.Schedule = slot.Schedule.AfterUnavailable(sentAt, Clock);
            GoOn(slot);
        }
        else if (await _answers.SettleAsync(slot, answer, Clock, Node, _stopping.Token))
        {
            GoOn(slot);
        }
        else
        {
            Forget(slot.Id);
        }
    }

    private async Task<TokenResponse?> SendAsync(PollSlot slot, TimeSpan now)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        if (now >= slot.Schedule.Deadline || now.Ticks >= Volatile.Read(ref _leaseEndsAt) || !slot.TryBegin(cancellation))
        {
            return null;
        }

        using var timer = time.CreateTimer(_ => slot.BreakOff(), null, slot.Schedule.Deadline - now, Timeout.InfiniteTimeSpan);
        try
        {
            return await slot.Method.Client.PollAsync(slot.AuthReqId, cancellation.Token);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            slot.HasUnansweredPoll = true;
            return null;
        }
        finally
        {
            slot.Finish();
        }
    }
}
