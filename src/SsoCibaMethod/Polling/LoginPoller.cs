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
internal sealed class LoginPoller : IDisposable
{
    private readonly PendingLoginService _logins;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PollAnswers _answers;
    private readonly PollSender _sender;
    private readonly ConcurrentDictionary<string, PollSlot> _slots = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<CibaMethod, MethodGate> _gates = [];
    private readonly PollLoop _loop;
    private readonly CancellationTokenSource _stopping = new();

    private ITimer? _leaseTimer;

    public LoginPoller(PendingLoginService logins, IdTokenChecks checks, TimeProvider time, ILogger<CibaHandler> logger)
    {
        _logins = logins;
        _time = time;
        _logger = logger;
        _loop = new PollLoop(time);
        _answers = new PollAnswers(logins, new Approvals(checks, time, logger), time, logger);
        _sender = new PollSender(time, _stopping.Token);
    }

    /// <summary>This node's name, by which records say who owns them.</summary>
    public string Node { get; private set; } = NewNode();

    /// <summary>The monotonic clock all schedules count on.</summary>
    public TimeSpan Clock => _loop.Clock;

    /// <summary>How many logins are being polled.</summary>
    public int Count => _slots.Count;

    /// <summary>Whether all that is due has been set under way, and so many polls are still out.</summary>
    /// <param name="underWay">How many.</param>
    public bool IsAtRest(int underWay = 0) => _loop.IsAtRest(underWay);

    /// <summary>
    /// Knows a login this node owns from here on, and does nothing for it yet: what the OP tells while its acknowledgement is being written must find it.
    /// <see cref="Begin"/> or <see cref="Forget"/> must follow.
    /// </summary>
    /// <param name="method">Its method, as it stands now.</param>
    /// <param name="login">The login, waiting.</param>
    /// <param name="schedule">When to ask.</param>
    public void Expect(CibaMethod method, PendingLogin login, PollSchedule schedule) => _ = _slots.TryAdd(login.Id, new PollSlot(method, login, schedule));

    /// <summary>Begins to work for an expected login.</summary>
    /// <param name="login">The login as the store has it.</param>
    public void Begin(PendingLogin login)
    {
        if (_slots.TryGetValue(login.Id, out var slot))
        {
            Heed(slot, login.Details.Notification);
            _loop.Add(slot);
        }
    }

    /// <summary>Begins to work for a login that another node left, perhaps without writing down what it got.</summary>
    public void TakeOver(CibaMethod method, PendingLogin login, PollSchedule schedule)
    {
        if (_slots.TryAdd(login.Id, new PollSlot(method, login, schedule) { HasUnansweredPoll = true }))
        {
            Begin(login);
        }
    }

    /// <summary>Polls as soon as the interval allows, because the OP called (CIBA Core §10.2).</summary>
    /// <returns>Whether this node polls for the login.</returns>
    public bool Ping(string id)
    {
        if (!_slots.TryGetValue(id, out var slot))
        {
            return false;
        }

        _ = slot.Reschedule(schedule => schedule.AfterPing(Clock));
        _loop.Move(slot);
        return true;
    }

    /// <summary>Stops polling for a login, also in mid-poll.</summary>
    public void Forget(string id)
    {
        if (_slots.TryRemove(id, out var slot))
        {
            slot.End();
        }
    }

    /// <summary>Looks again at a login that was changed: one that has ended or belongs to another node now is forgotten, a push is settled.</summary>
    public async Task ReviewAsync(string id, CancellationToken cancellationToken)
    {
        if (!_slots.TryGetValue(id, out var slot))
        {
            return;
        }

        var login = await _logins.FindAsync(id, cancellationToken);
        if (login?.State is not (PendingLoginState.Starting or PendingLoginState.Waiting) || login.Owner != Node)
        {
            Forget(id);
        }
        else if (slot.IsPush)
        {
            Heed(slot, login.Details.Notification);
            _loop.Move(slot);
        }
    }

    /// <summary>Says until when this node may send: a lease that ran out may have passed its logins on, so what is under way then is broken off.</summary>
    public void Lease(TimeSpan until)
    {
        _sender.Lease(until);
        _leaseTimer ??= _time.CreateTimer(_ => BreakOff(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
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
    public Task RunAsync(CancellationToken cancellationToken) => _loop.RunAsync(Serve, cancellationToken);

    public void Stop() => _stopping.Cancel();

    public void Dispose()
    {
        _leaseTimer?.Dispose();
        _stopping.Dispose();
        _loop.Dispose();
    }

    private static string NewNode() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    private void BreakOff()
    {
        foreach (var slot in _slots.Values)
        {
            slot.BreakOff();
        }
    }

    private void Heed(PollSlot slot, ReceivedNotification? notification)
    {
        if (notification is not null && slot.IsPush)
        {
            slot.HasPush = true;
        }
        else if (notification is not null)
        {
            _ = slot.Reschedule(schedule => schedule.AfterPing(Clock));
        }
    }

    private void GoOn(PollSlot slot)
    {
        if (!slot.IsEnded && !_stopping.IsCancellationRequested)
        {
            _loop.Add(slot);
        }
    }

    private void Serve(PollSlot slot)
    {
        if (slot.HasPush)
        {
            Run(slot, () => SettlePushAsync(slot));
        }
        else if (Clock >= slot.Schedule.Deadline)
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
    private void Run(PollSlot slot, Func<Task> work) => _loop.Run(() => GuardAsync(slot, work));

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
            _logger.LoginSurprise(slot.Reference, slot.Method.Scheme, exception);
            slot.HasUnansweredPoll = true;
            slot.SettleFrom = slot.Reschedule(schedule => schedule.AfterUnavailable(Clock, Clock)).NextPoll;
            GoOn(slot);
        }
    }

    private async Task EndAsync(PollSlot slot, LoginOutcome outcome, string cause)
    {
        await _answers.EndAsync(slot, outcome, cause, Node);
        Forget(slot.Id);
    }

    private async Task SettlePushAsync(PollSlot slot)
    {
        _ = await _answers.SettlePushAsync(slot, Node, _stopping.Token);
        Forget(slot.Id);
    }

    private async Task PollAsync(PollSlot slot)
    {
        var sentAt = Clock;
        TokenResponse? answer;
        try
        {
            answer = await _sender.SendAsync(slot, sentAt);
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
            _ = slot.Reschedule(schedule => schedule.AfterUnavailable(sentAt, Clock));
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
}
