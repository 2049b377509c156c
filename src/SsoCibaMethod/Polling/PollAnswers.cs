using Microsoft.Extensions.Logging;
using SsoCibaMethod.Client;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Polling;

/// <summary>What each answer to a poll does to its login: another wait, or an end written to the store.</summary>
internal sealed class PollAnswers(PendingLoginService logins, Approvals approvals, OpOutages outages, LoginReports reports, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan UndecidedPause = TimeSpan.FromSeconds(5);

    // Longer than a forced fetch of keys may have to wait for its turn, shorter than the record of a wait is held for one.
    private static readonly TimeSpan DecidedWithin = TimeSpan.FromSeconds(35);

    /// <summary>Draws the consequence of an answer.</summary>
    /// <param name="slot">The login; its schedule is set where it goes on.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="receivedAt">When the answer was there.</param>
    /// <param name="node">This node.</param>
    /// <param name="stopping">That the host stops.</param>
    /// <returns>Whether to go on.</returns>
    public Task<bool> SettleAsync(PollSlot slot, TokenResponse answer, TimeSpan receivedAt, string node, CancellationToken stopping)
    {
        // Kept before anything else is tried: whatever hinders us, the OP is not asked again.
        slot.LastWord = LastWord.IsOne(answer) ? new LastWord(answer, receivedAt, time.GetUtcNow()) : null;
        reports.Metrics.Polled(slot.Method.Scheme, answer);
        if (answer is not TokenResponse.Unavailable)
        {
            outages.Answered(slot.Method, receivedAt);
        }

        return answer switch
        {
            TokenResponse.Pending pending => StillPending(slot, pending, receivedAt),
            TokenResponse.SlowDown slower => SlowDownAsync(slot, schedule => schedule.AfterSlowDown(receivedAt - slower.HeldFor, receivedAt, slower.RetryAfter), node),
            TokenResponse.Unavailable unavailable => UnavailableAsync(slot, unavailable, receivedAt, node),
            _ => SettleLastWordAsync(slot, node, stopping),
        };
    }

    /// <summary>Draws the consequence of the OP's last word: kept in the slot, or on the record where it was pushed (CIBA Core §10.3).</summary>
    /// <param name="slot">The login.</param>
    /// <param name="node">This node.</param>
    /// <param name="stopping">That the host stops.</param>
    /// <returns>Whether to go on.</returns>
    public Task<bool> SettleLastWordAsync(PollSlot slot, string node, CancellationToken stopping) => slot.LastWord switch
    {
        null => SettlePushAsync(slot, node, stopping),
        { Answer: TokenResponse.Granted granted, Time: var receivedAt } => GrantedAsync(slot, granted.Tokens, receivedAt, node, stopping),
        { Answer: TokenResponse.Refused refused, ReceivedAt: var receivedAt } => RefusedAsync(slot, refused.Error, receivedAt, node),
        { Answer: TokenResponse.ProtocolFault fault } => EndAsync(slot, LoginOutcome.SystemError, fault.Fault, node),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Ends a login. Only the owner may; tokens alone count from anybody.</summary>
    /// <returns><see langword="false"/>: nothing goes on.</returns>
    public Task<bool> EndAsync(PollSlot slot, LoginOutcome outcome, string cause, string node) => EndAsync(slot, outcome, _ => cause, node);

    /// <summary>
    /// Looks whether the method is of the OP and client that the login began with, where nobody has: no other is asked about it, and what was pushed for another is not judged by this one's
    /// rules. A login of another ends.
    /// </summary>
    /// <param name="slot">The login.</param>
    /// <param name="ofUnknown">What to do where it cannot be known yet who the OP is; gets the cause.</param>
    /// <param name="node">This node.</param>
    /// <param name="stopping">That the host stops.</param>
    /// <returns><see langword="null"/>: it is of them. Else whether to go on.</returns>
    public async Task<bool?> ProveAsync(PollSlot slot, Func<string, Task<bool>> ofUnknown, string node, CancellationToken stopping)
    {
        if (slot.UnprovenFingerprint == 0)
        {
            return null;
        }

        var cause = await slot.Method.LearnIssuerAsync(stopping);
        switch (slot.Method.HasFingerprint(slot.UnprovenFingerprint))
        {
            case true:
                slot.UnprovenFingerprint = 0;
                return null;
            case false:
                return await EndAsync(slot, LoginOutcome.Lost, ended => reports.OfOtherClient(ended, slot.Method), node);
            case null:
                return await ofUnknown(cause ?? "it is not known who the OP is");
        }
    }

    private async Task<bool> SettlePushAsync(PollSlot slot, string node, CancellationToken stopping)
    {
        var login = await logins.FindAsync(slot.Id, CancellationToken.None);
        return login?.Details.Notification switch
        {
            { Tokens: { } tokens, ReceivedAt: var receivedAt } => await PushedAsync(slot, tokens, receivedAt, node, stopping),
            { Error: { } error } => await EndAsync(slot, LoginOutcome.OfPush(error, slot.Method.Options), error.Without(login.Details.LoginHint).ToString(), node),
            _ => false,
        };
    }

    private async Task<bool> PushedAsync(PollSlot slot, TokenSet tokens, DateTimeOffset receivedAt, string node, CancellationToken stopping) =>
        await ProveAsync(slot, cause => DecideLaterAsync(slot, cause, node), node, stopping)
            ?? await GrantedAsync(slot, tokens, receivedAt, node, stopping);

    // The usual answer, by far.
    private static Task<bool> StillPending(PollSlot slot, TokenResponse.Pending pending, TimeSpan receivedAt)
    {
        // Proof that no earlier poll has spent the ticket.
        slot.HasUnansweredPoll = false;
        slot.StillPending(receivedAt - pending.HeldFor, receivedAt, pending.RetryAfter);
        return Task.FromResult(true);
    }

    private static Task<bool> GoOn(PollSlot slot, Func<PollSchedule, PollSchedule> change)
    {
        _ = slot.Reschedule(change);
        return Task.FromResult(true);
    }

    private async Task<bool> SlowDownAsync(PollSlot slot, Func<PollSchedule, PollSchedule> change, string node)
    {
        // As with a pending answer.
        slot.HasUnansweredPoll = false;
        var interval = slot.Reschedule(change).Interval;
        logger.PollSlowedDown(slot.Reference, slot.Method.Scheme, interval.TotalSeconds);

        // It must last, also on the node that may take over.
        _ = await logins.ChangeAsync(slot.Id, login => login.Owner == node ? login.SlowDown(interval) : null, CancellationToken.None);
        return true;
    }

    private Task<bool> UnavailableAsync(PollSlot slot, TokenResponse.Unavailable answer, TimeSpan receivedAt, string node)
    {
        slot.HasUnansweredPoll |= answer.MayHaveBeenReceived;
        var schedule = slot.Reschedule(before => before.AfterUnavailable(receivedAt - answer.HeldFor, receivedAt, answer.RetryAfter));
        outages.Failed(slot.Method, receivedAt, answer.Cause);
        logger.PollUnavailable(slot.Reference, slot.Method.Scheme, schedule.Failures, answer.Cause);
        return schedule.IsGivenUp ? EndAsync(slot, LoginOutcome.Unavailable, answer.Cause, node) : Task.FromResult(true);
    }

    private Task<bool> RefusedAsync(PollSlot slot, CibaError error, TimeSpan receivedAt, string node)
    {
        var isPastDeadline = receivedAt >= slot.Schedule.Deadline;
        if (error.Code == CibaErrorCode.InvalidGrant && slot.HasUnansweredPoll && !isPastDeadline)
        {
            // The lost answer may have been the success. If another node has it, its result shows within an interval.
            slot.IsAwaitingOthers = true;
            slot.LastWord = null;
            return GoOn(slot, schedule => schedule.AfterPending(receivedAt, receivedAt));
        }

        return EndAsync(slot, LoginOutcome.OfToken(error, isPastDeadline, slot.Method.Options), login => error.Without(login.Details.LoginHint).ToString(), node);
    }

    private async Task<bool> GrantedAsync(PollSlot slot, TokenSet tokens, DateTimeOffset receivedAt, string node, CancellationToken stopping)
    {
        if (await logins.FindAsync(slot.Id, CancellationToken.None) is not { State: PendingLoginState.Waiting } login)
        {
            reports.Late(slot.Reference, slot.Method.Scheme, PendingLoginState.Approved);
            return false;
        }

        using var span = PollTrace.BeginApproval(slot);
        return await approvals.JudgeAsync(slot, login, tokens, stopping) switch
        {
            ApprovalVerdict.Accepted { Answer: var answer } => await ApproveAsync(slot, answer, receivedAt),
            ApprovalVerdict.Refused refused => await EndAsync(slot, refused.Outcome, refused.Cause, node),
            ApprovalVerdict.Undecided undecided => await DecideLaterAsync(slot, undecided.Cause, node),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    // The user has approved; an OP that is in trouble for a moment must not undo that.
    private Task<bool> DecideLaterAsync(PollSlot slot, string cause, string node)
    {
        slot.PausedUntil = time.GetElapsedTime(0) + UndecidedPause;
        if (slot.PausedUntil >= slot.Schedule.Deadline + DecidedWithin)
        {
            return EndAsync(slot, LoginOutcome.Unavailable, cause, node);
        }

        logger.ApprovalDelayed(slot.Reference, slot.Method.Scheme, cause);
        return Task.FromResult(true);
    }

    // From any node while the login waits: one that was paused and comes back with tokens must not be refused.
    private async Task<bool> ApproveAsync(PollSlot slot, ApprovedAnswer answer, DateTimeOffset receivedAt)
    {
        var deadline = receivedAt + slot.Method.Options.MaximumLifetime;
        if (await logins.ChangeAsync(slot.Id, login => login.Approve(answer, receivedAt, deadline), CancellationToken.None) is { } approved)
        {
            reports.Approved(approved);
        }
        else
        {
            reports.Late(slot.Reference, slot.Method.Scheme, PendingLoginState.Approved);
        }

        return false;
    }

    private Task<bool> EndAsync(PollSlot slot, LoginOutcome outcome, Func<PendingLogin, string> cause, string node) =>
        EndAsync(slot, outcome, ended => reports.Ended(ended, slot.Method.Options.SecurityEvents, outcome, cause(ended)), node);

    private async Task<bool> EndAsync(PollSlot slot, LoginOutcome outcome, Action<PendingLogin> report, string node)
    {
        var ended = await logins.ChangeAsync(
            slot.Id,
            login => login.Owner == node && login.State == PendingLoginState.Waiting ? login.End(outcome.State, outcome.MessageKey, time.GetUtcNow()) : null,
            CancellationToken.None);
        if (ended is null)
        {
            reports.Late(slot.Reference, slot.Method.Scheme, outcome.State);
        }
        else
        {
            report(ended);
        }

        return false;
    }
}
