using Microsoft.Extensions.Logging;
using SsoCibaMethod.Client;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.Methods;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Polling;

/// <summary>Goes on with a login that another node left: by the settings it began with, or not at all.</summary>
internal sealed class LoginTakeOver(
    LoginPoller poller, PendingLoginProtector protector, PendingLoginService logins, CibaMethodCatalog catalog, LoginReports reports, TimeProvider time, ILogger<CibaHandler> logger)
{
    /// <param name="record">The record, this node's already.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task TakeAsync(PendingLoginRecord record, CancellationToken cancellationToken)
    {
        if (protector.Unprotect(record) is not { } login)
        {
            return;
        }

        if (login.State == PendingLoginState.Starting)
        {
            // Whether the phone rang is not known, and nobody has the ticket.
            if (await EndsAsync(record, LoginOutcome.Unavailable, cancellationToken))
            {
                reports.Ended(login, watched: null, LoginOutcome.Unavailable, "Its node is gone.");
            }

            return;
        }

        if (login.IsDecoy)
        {
            // There is nothing to ask for, and its time ends it.
            return;
        }

        if (login.Details.ClientFingerprint != 0 && catalog.Find(login.Method) is { HasClient: true, ClientFingerprint: 0, Client.Provider: { Last: null } provider })
        {
            // Just started, and the settings do not say who the OP is: its metadata does.
            _ = await provider.GetAsync(cancellationToken);
        }

        if (catalog.FindFor(login) is not { } method)
        {
            await EndUnknownAsync(record, login, cancellationToken);
            return;
        }

        logger.LoginTakenOver(login.Reference, login.Method);
        poller.TakeOver(method, login, PollSchedule.Resume(poller.Clock, login.Details.Interval, login.Deadline - time.GetUtcNow(), method.PollSettings));
    }

    // Its ticket is shown to no other OP, and by no other client.
    private async Task EndUnknownAsync(PendingLoginRecord record, PendingLogin login, CancellationToken cancellationToken)
    {
        var other = catalog.Find(login.Method) is { HasClient: true } method ? method : null;
        var outcome = other is null ? LoginOutcome.Unavailable : LoginOutcome.Lost;
        if (!await EndsAsync(record, outcome, cancellationToken))
        {
            return;
        }

        reports.Metrics.Ended(login.Method, "failed", outcome.MessageKey);
        if (other is null)
        {
            logger.LoginOfNoMethod(login.Reference, login.Method, outcome.MessageKey);
        }
        else
        {
            logger.LoginOfOtherClient(login.Reference, login.Method, outcome.MessageKey, other.Issuer ?? "", other.Options.ClientId ?? "");
        }
    }

    private async Task<bool> EndsAsync(PendingLoginRecord record, LoginOutcome outcome, CancellationToken cancellationToken) =>
        await logins.ChangeAsync(record.Id, current => current.End(outcome.State, outcome.MessageKey, time.GetUtcNow()), cancellationToken) is not null;
}
