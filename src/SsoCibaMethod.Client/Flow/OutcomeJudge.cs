namespace SsoCibaMethod.Client;

/// <summary>Turns what the OP said at last, fetched or pushed, into the result.</summary>
internal sealed class OutcomeJudge(
    CibaClient client, PendingAuthentication pending, string? hint, IProgress<CibaProgress>? progress, TimeProvider time, TimeSpan deadline)
{
    private static readonly TimeSpan UndecidedPause = TimeSpan.FromSeconds(5);

    /// <summary>The instant, on the monotonic clock, at which it ends without a decision.</summary>
    public TimeSpan Deadline => deadline;

    public bool IsPastDeadline => time.GetElapsedTime(0) >= deadline;

    public async Task<CibaAuthenticationResult> JudgeAsync(TokenSet tokens, bool isPushed, CancellationToken cancellationToken)
    {
        var expectation = pending.Expectation(isPushed);
        while (true)
        {
            switch (await client.ValidateAsync(tokens, expectation, cancellationToken).ConfigureAwait(false))
            {
                case IdTokenResult.Valid valid:
                    return new CibaAuthenticationResult.Approved(tokens, valid.Issuer, valid.Subject, valid.Claims);
                case IdTokenResult.Invalid invalid:
                    return new CibaAuthenticationResult.Failed($"The ID token was refused ({invalid.Fault}): {invalid.Detail}.");
                case IdTokenResult.Undecided undecided when IsPastDeadline:
                    return new CibaAuthenticationResult.Unavailable(undecided.Cause);
                case IdTokenResult.Undecided undecided:
                    // The user has approved; an OP that cannot give its keys for a moment must not undo that.
                    progress?.Report(new CibaProgress.Trouble(undecided.Cause));
                    await Task.Delay(UndecidedPause, time, cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
    }

    /// <summary>The one table of what an error of the OP means at the end.</summary>
    public CibaAuthenticationResult Judge(CibaError error)
    {
        // A token request does not carry the hint, but the OP may name the user all the same.
        var safe = hint is null ? error : error.Without(hint);
        return safe.Code switch
        {
            CibaErrorCode.ExpiredToken => new CibaAuthenticationResult.Expired(),

            // The ticket was spent by an answer that never arrived, or by another process (CIBA Core §10.1.1).
            CibaErrorCode.InvalidGrant when pending.HasUnansweredPoll => new CibaAuthenticationResult.Failed($"The OP's answer to an earlier poll was lost on the way: {safe}"),
            CibaErrorCode.AccessDenied or CibaErrorCode.InvalidGrant => new CibaAuthenticationResult.Declined(safe),
            _ => new CibaAuthenticationResult.Refused(safe),
        };
    }
}
