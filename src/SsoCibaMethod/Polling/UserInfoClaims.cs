using SsoCibaMethod.Client;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Polling;

/// <summary>
/// Asks the OP for more claims of a user who has approved, where the method wants them. Here, and not when the browser fetches the sign-in: a moment's trouble of
/// the OP costs a pause here; there it would cost the login, whose answer is kept for seconds only.
/// </summary>
internal static class UserInfoClaims
{
    // With the pause between them about a minute, where the OP refuses connections.
    private const int MaximumTries = 12;

    public static async Task<ApprovalVerdict> AddAsync(PollSlot slot, PendingLogin login, ApprovedAnswer answer, string subject, CancellationToken stopping) =>
        !slot.Method.Options.GetClaimsFromUserInfoEndpoint
            ? new ApprovalVerdict.Accepted(answer)
            : await slot.Method.Client.GetUserInfoAsync(answer.Tokens, subject, stopping) switch
            {
                UserInfoResponse.Received received => new ApprovalVerdict.Accepted(answer with { UserInfo = received.Claims }),
                UserInfoResponse.WrongSubject => Refused("the userinfo endpoint's claims are about somebody else than the ID token (OpenID Connect Core §5.3.2)"),
                UserInfoResponse.Refused { Error: var error } => Refused($"the userinfo endpoint does not take the access token: {error?.Without(login.Details.LoginHint).ToString() ?? "it does not say why"}"),
                UserInfoResponse.ProtocolFault { Fault: var fault } => Refused(fault),
                UserInfoResponse.Unavailable { Cause: var cause } => ++slot.UserInfoTries < MaximumTries
                    ? new ApprovalVerdict.Undecided(cause)
                    : new ApprovalVerdict.Refused(LoginOutcome.Unavailable, cause),
                _ => throw new System.Diagnostics.UnreachableException(),
            };

    private static ApprovalVerdict.Refused Refused(string cause) => new(LoginOutcome.SystemError, $"The user's claims are missing: {cause}.");
}
