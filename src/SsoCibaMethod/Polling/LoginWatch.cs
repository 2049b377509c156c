using Microsoft.Extensions.Logging;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Polling;

/// <summary>Hears what happens to the logins of this node, by whomever, and lets the poller look at them.</summary>
internal sealed class LoginWatch(LoginPoller poller, IPendingLoginStore store, PendingLoginService logins, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    // By then the heartbeat has found out whether the store is gone; and so long one record that can never be read holds up what is heard of others.
    private const int MostTries = 20;

    /// <summary>Listens under the poller's present name, until stopped or the store fails.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var news in StoreException.MarkAsync(() => store.WatchAsync(poller.Node, cancellationToken), cancellationToken))
        {
            if (news.IsPing)
            {
                _ = poller.Ping(news.Id);
            }
            else
            {
                await ReviewAsync(news.Id, cancellationToken);
            }
        }
    }

    // A change is told once: where the store fails before it is read, it is read when the store is back. It may be a push, which is all that the OP will ever say.
    private async Task ReviewAsync(string id, CancellationToken cancellationToken)
    {
        for (var tries = 1; true; tries++)
        {
            try
            {
                await poller.ReviewAsync(id, cancellationToken);
                return;
            }
            catch (StoreException) when (logins.Store.IsGone || tries < MostTries)
            {
                // The heartbeat tells of it.
                tries = logins.Store.IsGone ? 0 : tries;
                await Task.Delay(Again, time, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                logger.PollerSurprise(exception);
                return;
            }
        }
    }
}
