namespace SsoCibaMethod.Client;

/// <summary>Waits for the OP's call; the token endpoint is never asked (CIBA Core §11: a push client must not).</summary>
internal sealed class PushWait(PendingAuthentication pending, OutcomeJudge judge, TimeProvider time)
{
    public async Task<CibaAuthenticationResult> RunAsync(CancellationToken cancellationToken)
    {
        var pushed = pending.Inbox.Pushed;
        while (!pushed.IsCompleted)
        {
            if (judge.IsPastDeadline)
            {
                return new CibaAuthenticationResult.Expired();
            }

            await Pause.UntilAsync(pushed, judge.Deadline, time, cancellationToken).ConfigureAwait(false);
        }

        return await pushed.ConfigureAwait(false) switch
        {
            CibaNotification.Tokens tokens => await judge.JudgeAsync(tokens.TokenSet, isPushed: true, cancellationToken).ConfigureAwait(false),
            CibaNotification.Refused refused => judge.Judge(refused.Error),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
