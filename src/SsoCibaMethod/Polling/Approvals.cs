using Microsoft.Extensions.Logging;
using SsoCibaMethod.Client;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Polling;

/// <summary>Judges the tokens an OP gave: by the protocol, then by the host's own checks; then the user's claims are fetched, where wanted. Nothing is written here.</summary>
internal sealed class Approvals(IdTokenChecks checks, ILogger logger)
{
    public async Task<ApprovalVerdict> JudgeAsync(PollSlot slot, PendingLogin login, TokenSet tokens, CancellationToken stopping)
    {
        if (slot.IdToken is null)
        {
            var expectation = new IdTokenExpectation
            {
                RequestedAt = login.Details.RequestedAt,
                AuthReqId = slot.AuthReqId,
                IsPushed = slot.IsPush,
                AcrValues = login.Details.Content.SatisfyingAcrValues(),
                MaxAge = login.Details.Content.MaxAge(),
                Subject = login.Details.ExpectedSubject,
            };
            switch (await slot.Method.Client.ValidateAsync(tokens, expectation, stopping))
            {
                case IdTokenResult.Invalid { Fault: IdTokenFault.WrongSubject } when login.Details.LocalUser is not null:
                    return new ApprovalVerdict.Refused(LoginOutcome.OtherUser, "The OP's user is not the one who is signed in.");
                case IdTokenResult.Invalid invalid:
                    return new ApprovalVerdict.Refused(LoginOutcome.SystemError, $"The ID token was refused ({invalid.Fault}): {invalid.Detail}.");
                case IdTokenResult.Undecided undecided:
                    return new ApprovalVerdict.Undecided(undecided.Cause);
                case IdTokenResult.Valid valid when await RefusalAsync(slot, valid, tokens, stopping) is { } refusal:
                    return refusal;
                case IdTokenResult.Valid valid:
                    slot.IdToken = valid;
                    break;
            }
        }

        return await UserInfoClaims.AddAsync(slot, login, new ApprovedAnswer(tokens, slot.IdToken!.SignedToken), slot.IdToken.Subject, stopping);
    }

    // The tokens are spent: a check that throws must not lead to another poll, and what could not be checked is not accepted.
    private async Task<ApprovalVerdict.Refused?> RefusalAsync(PollSlot slot, IdTokenResult.Valid token, TokenSet tokens, CancellationToken stopping)
    {
        try
        {
            if (await checks.RefusalAsync(slot.Method.Scheme, token, tokens, stopping) is not { } refusal)
            {
                return null;
            }

            logger.SignInRefused(slot.Reference, slot.Method.Scheme, refusal);
            return new ApprovalVerdict.Refused(LoginOutcome.RefusedByHost, refusal);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            logger.LoginSurprise(slot.Reference, slot.Method.Scheme, exception);
            return new ApprovalVerdict.Refused(LoginOutcome.SystemError, "A check of the ID token threw.");
        }
    }
}

/// <summary>What became of the tokens: one of a closed set of cases.</summary>
internal abstract record ApprovalVerdict
{
    private ApprovalVerdict()
    {
    }

    public sealed override string ToString() => GetType().Name;

    public sealed record Accepted(ApprovedAnswer Answer) : ApprovalVerdict;

    public sealed record Refused(LoginOutcome Outcome, string Cause) : ApprovalVerdict;

    /// <summary>The OP did not give what it takes to judge them; worth another try.</summary>
    public sealed record Undecided(string Cause) : ApprovalVerdict;
}
