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
    private readonly PollSender _sender;
    private readonly PollLoop _loop;
    private readonly LoginWork _work;
    private readonly OwnedLogins _owned = new();
    private readonly CancellationTokenSource _stopping = new();

    private ITimer? _leaseTimer;

    public LoginPoller(PendingLoginService logins, IdTokenChecks checks, OpHealths healths, LoginReports reports, TimeProvider time, ILogger<CibaHandler> logger)
    {
        _logins = logins;
        _time = time;
        _loop = new PollLoop(time);
        _sender = new PollSender(time);
        Outages = new OpOutages(healths, _owned, logger);
        _work = new LoginWork(_owned, _loop, _sender, new PollAnswers(logins, new Approvals(checks, logger), Outages, reports, time, logger), logins, time, logger, _stopping.Token);
        reports.Metrics.ShowPending(_owned.CountByMethod);
    }

    /// <summary>This node's name, by which records say who owns them.</summary>
    public string Node => _owned.Node;

    /// <summary>The monotonic clock all schedules count on.</summary>
    public TimeSpan Clock => _loop.Clock;

    /// <summary>Which OPs do not answer.</summary>
    public OpOutages Outages { get; }

    /// <summary>How many logins are being polled.</summary>
    public int Count => _owned.Count;

    /// <summary>Until when this node may send, on <see cref="Clock"/>; for ever before its first heartbeat.</summary>
    public TimeSpan LeaseEndsAt => _sender.LeaseEndsAt;

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
    /// <returns>Its slot.</returns>
    public PollSlot Expect(CibaMethod method, PendingLogin login, PollSchedule schedule)
    {
        var slot = new PollSlot(method, login, schedule);
        if (!TryAdd(slot, login) || login.Owner != Node)
        {
            // It must not be in the way of the take-over.
            Forget(slot);
        }

        return slot;
    }

    /// <summary>Begins to work for an expected login; not where the lease was lost since it was started, for then somebody takes it over.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="login">The login as the store has it.</param>
    public void Begin(PollSlot slot, PendingLogin login)
    {
        if (login.Owner != Node)
        {
            Forget(slot);
        }
        else if (!slot.IsEnded)
        {
            Heed(slot, login.Details.Notification);
            _loop.Add(slot);
        }
    }

    /// <summary>Begins to work for a login that another node left, perhaps without writing down what it got.</summary>
    public void TakeOver(CibaMethod method, PendingLogin login, PollSchedule schedule)
    {
        var slot = new PollSlot(method, login, schedule) { HasUnansweredPoll = true, UnprovenFingerprint = login.Details.ClientFingerprint };
        if (TryAdd(slot, login))
        {
            Begin(slot, login);
        }
    }

    /// <summary>Polls as soon as the interval allows, because the OP called (CIBA Core §10.2).</summary>
    /// <returns>Whether this node polls for the login.</returns>
    public bool Ping(string id)
    {
        if (_owned.Find(id) is not { } slot)
        {
            return false;
        }

        _ = slot.Reschedule(schedule => schedule.AfterPing(Clock));
        _loop.Move(slot);
        return true;
    }

    /// <summary>Stops polling for a login, also in mid-poll.</summary>
    public void Forget(PollSlot slot) => _owned.Forget(slot);

    /// <summary>Looks again at a login that was changed: one that has ended or belongs to another node now is forgotten, a push is settled.</summary>
    public async Task ReviewAsync(string id, CancellationToken cancellationToken)
    {
        if (_owned.Find(id) is not { } slot)
        {
            return;
        }

        var login = await _logins.FindAsync(id, cancellationToken);
        if (login?.State is not (PendingLoginState.Starting or PendingLoginState.Waiting) || (login.Owner != Node && slot.LastWord is null))
        {
            Forget(slot);
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
        _leaseTimer ??= _time.CreateTimer(_ => _ = _owned.BreakOffAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        // A renewal that took longer than the lease brings one that is over.
        var left = until - Clock;
        _ = _leaseTimer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes a new name, because the lease was lost, and leaves what it owned to whoever takes it over.</summary>
    public string Rejoin() => _owned.Rejoin();

    /// <summary>Sends what is due, until stopped.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => _loop.RunAsync(_work.Serve, cancellationToken);

    /// <summary>Begins no poll from here on, and forgets the logins that have none under way: others may go on with them.</summary>
    /// <returns>The logins this node still works for.</returns>
    public IReadOnlyCollection<string> Close()
    {
        _sender.Close();
        return _owned.ForgetIdle();
    }

    /// <summary>Breaks off what is still under way.</summary>
    public async Task StopAsync()
    {
        // In this order: a poll that begins meanwhile finds the door closed, or is found.
        _sender.Close();
        await Task.WhenAll(_stopping.CancelAsync(), _owned.BreakOffAsync());
    }

    // The source of the stop has no timer, and nothing to give back: a host that is disposed of while it stops may still break off what is under way.
    public void Dispose() => _leaseTimer?.Dispose();

    private bool TryAdd(PollSlot slot, PendingLogin login)
    {
        PollTrace.Know(slot, login);
        return _owned.TryAdd(slot);
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
}
