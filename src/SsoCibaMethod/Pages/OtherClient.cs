using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Pages;

/// <summary>
/// A login that began with another OP or client than this node's settings name: another node has other settings. It is not gone on with here: what one OP said
/// of a user is not taken for another's word.
/// </summary>
internal static class OtherClient
{
    /// <summary>Whether that cannot be told of an approved login, because this node has not learnt yet who its OP is. The page waits on until it has.</summary>
    public static bool IsUndecided(LoginFlow flow, PendingLogin login) => login.State == PendingLoginState.Approved && IsUnknown(flow, login);

    /// <summary>Whether that cannot be told yet of a login, whatever its state: what the user types for one OP is not sent to another.</summary>
    public static bool IsUnknown(LoginFlow flow, PendingLogin login) => flow.Method is { HasClient: true } method && method.HasFingerprint(login.Details.ClientFingerprint) is null;

    /// <summary>Ends such a login, with a line of its own in the log and a count.</summary>
    /// <returns>Whether it is one.</returns>
    public static async Task<bool> EndAsync(LoginFlow flow, PendingLogin login)
    {
        if (flow.Method.IsClientOf(login))
        {
            return false;
        }

        var outcome = LoginOutcome.Lost;
        if (await flow.Logins.ChangeAsync(login.Id, current => current.End(outcome.State, outcome.MessageKey, flow.Logins.Now), flow.Aborted) is not null)
        {
            flow.Context.RequestServices.GetRequiredService<LoginReports>().OfOtherClient(login, flow.Method);
        }

        return true;
    }
}
