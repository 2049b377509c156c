using Microsoft.Extensions.Logging;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Diagnostics;

/// <summary>Logs how a login ended: an error where the operator has something to mend, a warning where a person approved who may not, else for information.</summary>
internal static class OutcomeLog
{
    /// <param name="logger">The log.</param>
    /// <param name="login">The login's reference.</param>
    /// <param name="method">Its method.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="cause">Why; <see langword="null"/> where the outcome came too late to count.</param>
    public static void Outcome(this ILogger logger, string login, string method, LoginOutcome outcome, string? cause)
    {
        if (cause is null)
        {
            logger.LateOutcome(login, method, outcome.State.ToString());
        }
        else if (outcome.IsSystemError)
        {
            logger.LoginFailed(login, method, outcome.MessageKey, cause);
        }
        else if (outcome.IsOtherPerson)
        {
            logger.NotConfirmed(login, method, outcome.MessageKey, cause);
        }
        else
        {
            logger.LoginEnded(login, method, outcome.State.ToString(), outcome.MessageKey, cause);
        }
    }
}
