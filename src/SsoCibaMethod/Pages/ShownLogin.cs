using SsoCibaMethod.Messages;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Pages;

/// <summary>
/// A login as its page shows it. With the uniform outcome it waits from the start until a moment fixed there, whether the OP has answered yet or not, and whatever it answered;
/// only what a user did, in the browser or on the phone, and an OP that fails before it has taken the request show earlier.
/// </summary>
internal static class ShownLogin
{
    public static PendingLogin AsShown(this PendingLogin login, DateTimeOffset now)
    {
        if (login.Details.ShownUntil is not { } until)
        {
            return login;
        }

        var state = login.State switch
        {
            PendingLoginState.Starting or PendingLoginState.Waiting => now < until ? PendingLoginState.Waiting : PendingLoginState.Expired,
            var other => other,
        };

        // A version that counts changes of the record would count the OP's answer too.
        return login with
        {
            State = state,
            Version = (long)state,
            Deadline = state == PendingLoginState.Waiting ? until : login.Deadline,
            Details = state == PendingLoginState.Expired ? login.Details with { MessageKey = MessageKeys.LoginExpired } : login.Details,
        };
    }
}
