using Microsoft.Extensions.Logging;
using SsoCibaMethod.Messages;
using SsoCibaMethod.Methods;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Protection;

namespace SsoCibaMethod.Diagnostics;

/// <summary>Tells the operator what became of a login: a line of the log, a count, and a warning where such ends come in a burst.</summary>
internal sealed class LoginReports(CibaMetrics metrics, BurstWatch bursts, ILogger<CibaHandler> logger)
{
    public CibaMetrics Metrics => metrics;

    /// <summary>A login ended without a sign-in: an error where the operator has something to mend, a warning where a person approved who may not, else for information.</summary>
    /// <param name="login">The login.</param>
    /// <param name="watched">What is a burst; <see langword="null"/> where the method is gone.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="cause">Why.</param>
    public void Ended(PendingLogin login, CibaSecurityEventOptions? watched, LoginOutcome outcome, string cause)
    {
        if (outcome.IsSystemError)
        {
            logger.LoginFailed(login.Reference, login.Method, outcome.MessageKey, cause);
        }
        else if (outcome.IsOtherPerson)
        {
            logger.NotConfirmed(login.Reference, login.Method, outcome.MessageKey, cause);
        }
        else
        {
            logger.LoginEnded(login.Reference, login.Method, outcome.State.ToString(), outcome.MessageKey, cause);
        }

        Count(login, watched, outcome);
    }

    /// <summary>A login ended, and its page goes on as if it waited.</summary>
    public void EndedUnseen(PendingLogin login, CibaSecurityEventOptions watched, LoginOutcome outcome, string cause)
    {
        logger.RefusalHidden(login.Reference, login.Method, outcome.MessageKey, cause);
        Count(login, watched, outcome);
    }

    /// <summary>A login ended because it began with another OP or client than its method has on this node.</summary>
    public void OfOtherClient(PendingLogin login, CibaMethod method)
    {
        logger.LoginOfOtherClient(login.Reference, login.Method, LoginOutcome.Lost.MessageKey, method.Issuer ?? "", method.Options.ClientId ?? "");
        metrics.Ended(login.Method, "failed", LoginOutcome.Lost.MessageKey);
    }

    /// <summary>A login ended because this node, which is to go on with it, has no such method.</summary>
    public void OfNoMethod(PendingLogin login)
    {
        logger.LoginOfNoMethod(login.Reference, login.Method, LoginOutcome.Unavailable.MessageKey);
        metrics.Ended(login.Method, "failed", LoginOutcome.Unavailable.MessageKey);
    }

    /// <summary>What came has no effect any more.</summary>
    public void Late(string reference, string method, PendingLoginState state) => logger.LateOutcome(reference, method, state.ToString());

    public void Approved(PendingLogin login)
    {
        logger.LoginApproved(login.Reference, login.Method);
        metrics.Approved(login.Method, login.Details.TokensReceivedAt - login.Details.RequestedAt);
    }

    /// <summary>The browser is signed in.</summary>
    /// <param name="login">The login as the request found it: one that was redeemed before has been told of, here and below.</param>
    public void SignedIn(PendingLogin login)
    {
        if (login.State == PendingLoginState.Approved)
        {
            logger.LoginRedeemed(login.Reference, login.Method);
            metrics.Ended(login.Method, "signed_in", code: null);
        }
    }

    /// <summary>The host did not let an approved user in.</summary>
    public void Refused(PendingLogin login)
    {
        if (login.State == PendingLoginState.Approved)
        {
            metrics.Ended(login.Method, "refused", MessageKeys.LoginRefused);
        }
    }

    /// <summary>An event of the host answered the request in place of the sign-in.</summary>
    public void LeftToHost(PendingLogin login)
    {
        if (login.State == PendingLoginState.Approved)
        {
            logger.LoginLeftToHost(login.Reference, login.Method);
            metrics.Ended(login.Method, "left_to_host", code: null);
        }
    }

    private void Count(PendingLogin login, CibaSecurityEventOptions? watched, LoginOutcome outcome)
    {
        if (login.IsDecoy && outcome.State == PendingLoginState.Cancelled)
        {
            // It had ended before, and was counted then.
            return;
        }

        metrics.Ended(login.Method, outcome.MessageKey == MessageKeys.LoginRefused ? "refused" : NameOf(outcome.State), outcome.MessageKey);
        if (watched is null)
        {
            return;
        }

        if (outcome.State == PendingLoginState.Declined)
        {
            if (login.HintHash != 0 && bursts.Begins(new Burst(login.Method, "declines_of_one_user", login.HintHash), watched.DeclinesPerHint, watched.Window))
            {
                logger.DeclinesOfOneUser(watched.DeclinesPerHint, login.Method, watched.Window, login.Reference);
                metrics.SecurityEvent(login.Method, "declines_of_one_user");
            }

            if (bursts.Begins(new Burst(login.Method, "declines"), watched.DeclinesPerMethod, watched.Window))
            {
                logger.ManyDeclines(watched.DeclinesPerMethod, login.Method, watched.Window);
                metrics.SecurityEvent(login.Method, "declines");
            }
        }
        else if (outcome.MessageKey == MessageKeys.UserNotFound && bursts.Begins(new Burst(login.Method, "unknown_users"), watched.UnknownUsersPerMethod, watched.Window))
        {
            logger.ManyUnknownUsers(watched.UnknownUsersPerMethod, login.Method, watched.Window);
            metrics.SecurityEvent(login.Method, "unknown_users");
        }
    }

    private static string NameOf(PendingLoginState state) => state switch
    {
        PendingLoginState.Declined => "declined",
        PendingLoginState.Expired => "expired",
        PendingLoginState.Cancelled => "cancelled",
        _ => "failed",
    };
}
