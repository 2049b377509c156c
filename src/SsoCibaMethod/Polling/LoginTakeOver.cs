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
    // It tries each second where the store fails. The OP has mostly answered by then: the lease that was lost is as long.
    private static readonly TimeSpan StarterHas = TimeSpan.FromSeconds(10);

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
            // Nobody here has the ticket. Who has it, if its node lives and only lost its lease, writes it within seconds; else the login ends.
            if (await logins.ChangeAsync(record.Id, current => current.Hurry(time.GetUtcNow() + StarterHas), cancellationToken) is not null)
            {
                _ = EndInTimeAsync(record.Id, cancellationToken);
            }

            return;
        }

        if (login.IsDecoy)
        {
            // There is nothing to ask for, and its time ends it.
            return;
        }

        if (catalog.FindFor(login) is not { } method)
        {
            await EndUnknownAsync(record, login, cancellationToken);
            return;
        }

        logger.LoginTakenOver(login.Reference, login.Method);
        poller.TakeOver(method, login, PollSchedule.Resume(poller.Clock, login.Details.Interval, login.Deadline - time.GetUtcNow(), method.PollSettings));
    }

    private async Task EndInTimeAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(StarterHas, time, cancellationToken);

            // What is overdue ends when somebody looks at it, and whoever waits for it hears of it.
            _ = await logins.FindAsync(id, cancellationToken);
        }
        catch (Exception exception) when (exception is StoreException or OperationCanceledException)
        {
            // Then whoever opens its page ends it.
        }
    }

    // Its ticket is shown to no other OP, and by no other client.
    private async Task EndUnknownAsync(PendingLoginRecord record, PendingLogin login, CancellationToken cancellationToken)
    {
        if (catalog.Find(login.Method) is { HasClient: true } other)
        {
            if (await EndsAsync(record, LoginOutcome.Lost, cancellationToken))
            {
                reports.OfOtherClient(login, other);
            }
        }
        else if (await EndsAsync(record, LoginOutcome.Unavailable, cancellationToken))
        {
            reports.OfNoMethod(login);
        }
    }

    private async Task<bool> EndsAsync(PendingLoginRecord record, LoginOutcome outcome, CancellationToken cancellationToken) =>
        await logins.ChangeAsync(record.Id, current => current.End(outcome.State, outcome.MessageKey, time.GetUtcNow()), cancellationToken) is not null;
}
