using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Client;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.Methods;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Polling;

/// <summary>Does for a login what is due: settles what the OP said last, ends it at its deadline, or polls, and queues it for what comes next.</summary>
internal sealed class LoginWork(OwnedLogins owned, PollLoop loop, PollSender sender, PollAnswers answers, PendingLoginService logins, TimeProvider time, ILogger logger, CancellationToken stopping)
{
    private readonly ConditionalWeakTable<CibaMethod, MethodGate> _gates = [];

    public void Serve(PollSlot slot)
    {
        if (EndOf(slot) is { } end)
        {
            _ = EndAsync(slot, end.Outcome, end.Cause);
        }
        else if (GateOf(slot.Method) is var gate && gate.TryEnter(slot))
        {
            _ = WithOpAsync(slot, gate);
        }
    }

    private MethodGate GateOf(CibaMethod method) => _gates.TryGetValue(method, out var gate) ? gate : _gates.GetValue(method, _ => new MethodGate(BeginLater, time));

    private void BeginLater(PollSlot slot) => loop.Run(() => _ = WithOpAsync(slot, GateOf(slot.Method)));

    // What ends it without the OP.
    private (LoginOutcome Outcome, string Cause)? EndOf(PollSlot slot) => slot switch
    {
        { HasLastWord: true } => null,
        _ when loop.Clock >= slot.Schedule.Deadline => (LoginOutcome.Expired, "Nobody decided in time."),
        { IsAwaitingOthers: true } => (LoginOutcome.Lost, "The OP's answer to an earlier poll was lost on the way."),
        _ => null,
    };

    // No exception leaves the poller: it would end the host. Nor does one leave this: what is under way would stay counted, and the place at the OP taken, for ever.
    private void Survive(PollSlot slot, Exception exception)
    {
        if (exception is OperationCanceledException && stopping.IsCancellationRequested)
        {
            return;
        }

        slot.Pause(loop.Clock);
        GoOn(slot);
        Tell(slot, exception);
    }

    // A log that is out of order is no reason to stop.
    private void Tell(PollSlot slot, Exception exception)
    {
        try
        {
            if (exception is StoreException && logins.Store.IsGone)
            {
                logger.LoginWaitsForStore(slot.Reference, slot.Method.Scheme, exception);
            }
            else
            {
                logger.LoginSurprise(slot.Reference, slot.Method.Scheme, exception);
            }
        }
        catch (Exception)
        {
            // Where the log throws, there is nobody to tell.
        }
    }

    private void GoOn(PollSlot slot)
    {
        if (!slot.IsEnded && !stopping.IsCancellationRequested)
        {
            loop.Add(slot);
        }
    }

    private async Task EndAsync(PollSlot slot, LoginOutcome outcome, string cause)
    {
        loop.Enter();
        try
        {
            Continue(slot, await answers.EndAsync(slot, outcome, cause, owned.Node));
        }
        catch (Exception exception)
        {
            Survive(slot, exception);
        }
        finally
        {
            loop.Leave();
        }
    }

    private void Continue(PollSlot slot, bool goesOn)
    {
        if (goesOn)
        {
            GoOn(slot);
        }
        else
        {
            owned.Forget(slot);
        }
    }

    private async Task WithOpAsync(PollSlot first, MethodGate gate)
    {
        loop.Enter();

        // A place that is left is the next one's, on the same thread: many that are due together follow each other over few connections.
        for (var slot = first; slot is not null; slot = gate.Leave())
        {
            try
            {
                // What was said last may need the OP once more: for its keys, for the user's claims.
                Continue(slot, slot.HasLastWord ? await answers.SettleLastWordAsync(slot, owned.Node, stopping)
                    : slot.UnprovenFingerprint != 0 && await WithoutPollAsync(slot) is { } goesOn ? goesOn
                    : await sender.SendAsync(slot, loop.Clock) is { } answer ? await answers.SettleAsync(slot, answer, loop.Clock, owned.Node, stopping)
                    : BrokenOff(slot));
            }
            catch (Exception exception)
            {
                Survive(slot, exception);
            }
        }

        loop.Leave();
    }

    // A login that was taken over is not polled for before it is known who the OP is.
    private Task<bool?> WithoutPollAsync(PollSlot slot) => answers.ProveAsync(
        slot, cause => answers.SettleAsync(slot, new TokenResponse.Unavailable(cause), loop.Clock, owned.Node, stopping), owned.Node, stopping);

    // The deadline, the lease or the end of the login broke off the wait for the answer. How long the OP had the poll is not known.
    private bool BrokenOff(PollSlot slot)
    {
        var now = loop.Clock;
        _ = slot.Reschedule(schedule => schedule.AfterUnavailable(now, now));
        return true;
    }
}
