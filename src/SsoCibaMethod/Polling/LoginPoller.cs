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

    /// <summary>Whether nothing is due and nothing under way.</summary>
    public bool IsIdle => Volatile.Read(ref _wakeCallsServed) == Volatile.Read(ref _wakeCalls) && Volatile.Read(ref _running) == 0;

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
            if (!slot.IsEnded && !_stopping.IsCancellationRequested)
            {
                slot.Schedule = slot.Schedule.AfterUnavailable(Clock, Clock);
                Requeue(slot);
            }
        }
        finally
        {
            _ = Interlocked.Decrement(ref _running);
        }
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

        if (answer is not null)
        {
            await SettleAsync(slot, answer, sentAt, Clock);
        }
        else if (!slot.IsEnded && !_stopping.IsCancellationRequested)
        {
            // The deadline, or the lease, ended the wait for the answer.
            slot.Schedule = slot.Schedule.AfterUnavailable(sentAt, Clock);
            Requeue(slot);
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

    private Task SettleAsync(PollSlot slot, TokenResponse answer, TimeSpan sentAt, TimeSpan receivedAt) => answer switch
    {
        TokenResponse.Granted granted => GrantedAsync(slot, granted.Tokens),
        TokenResponse.Pending pending => GoOn(slot, slot.Schedule.AfterPending(sentAt, receivedAt, pending.RetryAfter)),
        TokenResponse.SlowDown slower => SlowDownAsync(slot, slot.Schedule.AfterSlowDown(sentAt, receivedAt, slower.RetryAfter)),
        TokenResponse.Refused refused => RefusedAsync(slot, refused.Error, receivedAt),
        TokenResponse.ProtocolFault fault => EndAsync(slot, LoginOutcome.SystemError, fault.Fault),
        TokenResponse.Unavailable unavailable => UnavailableAsync(slot, unavailable, sentAt, receivedAt),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Task GoOn(PollSlot slot, PollSchedule schedule)
    {
        slot.Schedule = schedule;
        if (!slot.IsEnded)
        {
            Requeue(slot);
        }

        return Task.CompletedTask;
    }

    private async Task SlowDownAsync(PollSlot slot, PollSchedule schedule)
    {
        // It must last, also on the node that may take over; a store that does not answer must not shorten it.
        slot.Schedule = schedule;
        logger.PollSlowedDown(slot.Reference, slot.Method.Scheme, schedule.Interval.TotalSeconds);
        _ = await logins.ChangeAsync(slot.Id, login => login.Owner == Node ? login.SlowDown(schedule.Interval) : null, CancellationToken.None);
        await GoOn(slot, schedule);
    }

    private Task UnavailableAsync(PollSlot slot, TokenResponse.Unavailable answer, TimeSpan sentAt, TimeSpan receivedAt)
    {
        slot.HasUnansweredPoll |= answer.MayHaveBeenReceived;
        slot.Schedule = slot.Schedule.AfterUnavailable(sentAt, receivedAt, answer.RetryAfter);
        logger.PollUnavailable(slot.Reference, slot.Method.Scheme, slot.Schedule.Failures, answer.Cause);
        return slot.Schedule.IsGivenUp ? EndAsync(slot, LoginOutcome.Unavailable, answer.Cause) : GoOn(slot, slot.Schedule);
    }

    private Task RefusedAsync(PollSlot slot, CibaError error, TimeSpan receivedAt)
    {
        var isPastDeadline = receivedAt >= slot.Schedule.Deadline;
        if (error.Code == CibaErrorCode.InvalidGrant && slot.HasUnansweredPoll && !isPastDeadline)
        {
            // The lost answer may have been the success. If another node has it, its result shows within an interval.
            slot.IsAwaitingOthers = true;
            return GoOn(slot, slot.Schedule.AfterPending(receivedAt, receivedAt));
        }

        return EndAsync(slot, LoginOutcome.OfToken(error.Code, isPastDeadline), login => error.Without(login.Details.LoginHint).ToString());
    }

    private async Task GrantedAsync(PollSlot slot, TokenSet tokens)
    {
        var receivedAt = time.GetUtcNow();
        if (await logins.FindAsync(slot.Id, CancellationToken.None) is not { State: PendingLoginState.Waiting } login)
        {
            Forget(slot.Id);
            logger.LateOutcome(slot.Reference, slot.Method.Scheme, nameof(PendingLoginState.Approved));
            return;
        }

        var expectation = new IdTokenExpectation
        {
            RequestedAt = login.Details.RequestedAt,
            AuthReqId = slot.AuthReqId,
            AcrValues = [.. slot.Method.Options.AcrValues],
        };
        switch (await slot.Method.Client.ValidateAsync(tokens, expectation, _stopping.Token))
        {
            case IdTokenResult.Valid:
                await ApproveAsync(slot, tokens, receivedAt);
                break;
            case IdTokenResult.Invalid invalid:
                await EndAsync(slot, LoginOutcome.SystemError, $"The ID token was refused ({invalid.Fault}): {invalid.Detail}.");
                break;
            case IdTokenResult.Undecided undecided:
                await EndAsync(slot, LoginOutcome.Unavailable, undecided.Cause);
                break;
        }
    }

    // Tokens count from any node while the login waits: one that was paused and comes back with them must not be refused.
    private async Task ApproveAsync(PollSlot slot, TokenSet tokens, DateTimeOffset receivedAt)
    {
        var deadline = receivedAt + slot.Method.Options.MaximumLifetime;
        var approved = await logins.ChangeAsync(slot.Id, login => login.Approve(tokens, receivedAt, deadline), CancellationToken.None);
        Forget(slot.Id);
        if (approved is null)
        {
            logger.LateOutcome(slot.Reference, slot.Method.Scheme, nameof(PendingLoginState.Approved));
        }
        else
        {
            logger.LoginApproved(slot.Reference, slot.Method.Scheme);
        }
    }

    private Task EndAsync(PollSlot slot, LoginOutcome outcome, string cause) => EndAsync(slot, outcome, _ => cause);

    // Every other outcome counts from the owner alone.
    private async Task EndAsync(PollSlot slot, LoginOutcome outcome, Func<PendingLogin, string> cause)
    {
        var ended = await logins.ChangeAsync(
            slot.Id, login => login.Owner == Node && login.State == PendingLoginState.Waiting ? login.End(outcome.State, outcome.MessageKey, time.GetUtcNow()) : null, CancellationToken.None);
        Forget(slot.Id);
        logger.Outcome(slot.Reference, slot.Method.Scheme, outcome, ended is null ? null : cause(ended));
    }
}
