namespace SsoCibaMethod.Client;

/// <summary>
/// Asks the token endpoint until the OP gives an outcome or the deadline comes, one request at a time (CIBA Core §10.1). In ping mode it asks seldom,
/// so that a call that was lost loses nothing, and as soon as the OP allows when pinged.
/// </summary>
internal sealed class PollingWait(
    CibaClient client, CibaClientSettings settings, PendingAuthentication pending, OutcomeJudge judge, IProgress<CibaProgress>? progress, TimeProvider time)
{
    private readonly bool _canBePinged = settings.TokenDeliveryMode == TokenDeliveryMode.Ping;

    private PollSchedule _schedule = Schedule(settings, pending, time.GetElapsedTime(0), judge.Deadline);

    private TimeSpan Clock => time.GetElapsedTime(0);

    public async Task<CibaAuthenticationResult> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await UntilDueAsync(cancellationToken).ConfigureAwait(false);
            if (judge.IsPastDeadline)
            {
                return new CibaAuthenticationResult.Expired();
            }

            if (await PollAsync(cancellationToken).ConfigureAwait(false) is { } result)
            {
                return result;
            }
        }
    }

    // What was polled before may have been polled just now, so it begins with a whole interval, ping or no ping.
    private static PollSchedule Schedule(CibaClientSettings settings, PendingAuthentication pending, TimeSpan now, TimeSpan deadline)
    {
        var polling = settings.Polling.For(settings.TokenDeliveryMode);
        return pending.MayHaveBeenPolled
            ? PollSchedule.Resume(now, pending.Interval, deadline - now, polling)
            : PollSchedule.Begin(now, now, new BackchannelAuthenticationResponse.Acknowledged(pending.AuthReqId, deadline - now, pending.Interval), polling);
    }

    private async Task UntilDueAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TakePing();
        while (Clock < _schedule.Due)
        {
            await Pause.UntilAsync(_canBePinged ? pending.Inbox.Pinged : null, _schedule.Due, time, cancellationToken).ConfigureAwait(false);
            TakePing();
        }
    }

    private void TakePing()
    {
        if (_canBePinged && pending.Inbox.TakePing())
        {
            _schedule = _schedule.AfterPing(Clock);
        }
    }

    private async Task<CibaAuthenticationResult?> PollAsync(CancellationToken cancellationToken)
    {
        var hadUnansweredPoll = pending.HasUnansweredPoll;
        pending.HasUnansweredPoll = true;
        pending.MayHaveBeenPolled = true;
        TokenResponse answer;
        using (var limit = new CancellationTokenSource(Pause.Limit(judge.Deadline - Clock), time))
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken))
        {
            try
            {
                answer = await client.PollAsync(pending.AuthReqId, pending.Origin, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                return new CibaAuthenticationResult.Expired();
            }
        }

        var receivedAt = Clock;
        if (answer is TokenResponse.Unavailable unanswered)
        {
            pending.HasUnansweredPoll = hadUnansweredPoll || unanswered.MayHaveBeenReceived;
            return Retry(unanswered, receivedAt);
        }

        if (answer is TokenResponse.Refused refused)
        {
            pending.HasUnansweredPoll = hadUnansweredPoll;
            return judge.Judge(refused.Error);
        }

        // Still pending: the proof that no earlier poll has spent the ticket. Tokens: it is spent, whoever asks for it again.
        pending.HasUnansweredPoll = answer is not (TokenResponse.Pending or TokenResponse.SlowDown);
        return await SettleAsync(answer, receivedAt, cancellationToken).ConfigureAwait(false);
    }

    private async Task<CibaAuthenticationResult?> SettleAsync(TokenResponse answer, TimeSpan receivedAt, CancellationToken cancellationToken)
    {
        switch (answer)
        {
            case TokenResponse.Granted granted:
                return await judge.JudgeAsync(granted.Tokens, isPushed: false, cancellationToken).ConfigureAwait(false);
            case TokenResponse.Pending waiting:
                _schedule = _schedule.AfterPending(receivedAt - waiting.HeldFor, receivedAt, waiting.RetryAfter);
                progress?.Report(new CibaProgress.Polled());
                return null;
            case TokenResponse.SlowDown slower:
                _schedule = _schedule.AfterSlowDown(receivedAt - slower.HeldFor, receivedAt, slower.RetryAfter);
                pending.Interval = _schedule.Interval;
                progress?.Report(new CibaProgress.SlowedDown(_schedule.Interval));
                return null;
            case TokenResponse.ProtocolFault fault:
                return new CibaAuthenticationResult.Failed(fault.Fault);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private CibaAuthenticationResult.Unavailable? Retry(TokenResponse.Unavailable answer, TimeSpan receivedAt)
    {
        _schedule = _schedule.AfterUnavailable(receivedAt - answer.HeldFor, receivedAt, answer.RetryAfter);
        progress?.Report(new CibaProgress.Trouble(answer.Cause));
        return _schedule.IsGivenUp ? new CibaAuthenticationResult.Unavailable(answer.Cause) : null;
    }
}
