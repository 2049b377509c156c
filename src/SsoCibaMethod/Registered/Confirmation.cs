using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.Pages;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Registered;

/// <summary>Whether an approval confirms the user who is signed in: the one who started, and the one the OP's answer is about.</summary>
internal static class Confirmation
{
    /// <returns>Why a login may not go on; <see langword="null"/> where it may.</returns>
    public static async Task<LoginRefusal?> RefusalAsync(LoginFlow flow, PendingLogin login)
    {
        if (flow.IsRegistered != login.Details.LocalUser is not null)
        {
            return new LoginRefusal(LoginOutcome.SystemError, "LoginHint:Source was changed while the login waited.");
        }

        if (login.Details.LocalUser is null)
        {
            return null;
        }

        if (await flow.LocalUserAsync() is not { } user)
        {
            return new LoginRefusal(LoginOutcome.NobodySignedIn, "The user has signed out meanwhile.");
        }

        if (user.Fingerprint != login.Details.LocalUser)
        {
            return new LoginRefusal(LoginOutcome.UserChanged, "Another user has signed in meanwhile.");
        }

        return login.Details.Answer is { } answer && !await IsSameAsync(flow, user, answer)
            ? new LoginRefusal(LoginOutcome.OtherUser, "The OP's user is not the one who is signed in.")
            : null;
    }

    /// <summary>Ends a login without a sign-in.</summary>
    public static async Task EndAsync(LoginFlow flow, PendingLogin login, LoginRefusal refusal)
    {
        var reports = flow.Context.RequestServices.GetRequiredService<LoginReports>();
        var (outcome, cause) = refusal;
        var ended = await flow.Logins.ChangeAsync(login.Id, current => current.End(outcome.State, outcome.MessageKey, flow.Logins.Now), flow.Aborted);
        if (ended is null)
        {
            reports.Late(login.Reference, login.Method, outcome.State);
        }
        else
        {
            reports.Ended(login, flow.Options.SecurityEvents, outcome, cause);
        }
    }

    // A claim that says who the user is at the OP leaves nothing to ask the host.
    private static async Task<bool> IsSameAsync(LoginFlow flow, LocalUser user, ApprovedAnswer answer) => user.Subject is { } subject
        ? string.Equals(subject, new JsonWebToken(answer.IdToken).Subject, StringComparison.Ordinal)
        : flow.Options.LoginHint.SubjectMatcher is { } matcher
            && await matcher(flow.Context, user.Principal, CibaTicketFactory.CreatePrincipal(answer, flow.Scheme, flow.Options));
}

/// <summary>That a login may not go on.</summary>
/// <param name="Outcome">How it ends.</param>
/// <param name="Cause">Why, for the log.</param>
internal sealed record LoginRefusal(LoginOutcome Outcome, string Cause);
