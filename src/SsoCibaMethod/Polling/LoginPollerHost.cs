using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Polling;

/// <summary>Runs the poller and keeps this node's lease: heartbeat, take-over of what dead nodes left, hand-over at the end.</summary>
internal sealed class LoginPollerHost(
    LoginPoller poller,
    IPendingLoginStore store,
    LoginTakeOver takeOver,
    PendingLoginService logins,
    TimeProvider time,
    IOptions<HostOptions> host,
    ILogger<CibaHandler> logger)
    : BackgroundService
{
    internal const int ClaimBatch = 100;

    internal static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(3);
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(9);

    // Longer than a store lets a command take; where the network swallows everything, even breaking one off may take for ever.
    private static readonly TimeSpan Patience = 2 * Heartbeat;
    private static readonly TimeSpan Restart = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HandOver = TimeSpan.FromSeconds(0.5);

    private readonly LoginWatch _watch = new(poller, store, logins, time, logger);
    private volatile bool _isLeaving;
    private long _restsUntil;

    /// <summary>Whether the heartbeat, with all that belongs to it, is done and the next one is not due yet.</summary>
    public bool IsAtRest => poller.Clock.Ticks < Volatile.Read(ref _restsUntil);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _isLeaving = true;
        await TryAsync(() => HandOverAsync(cancellationToken));
        await TryAsync(() => poller.StopAsync().WaitAsync(cancellationToken));
        await base.StopAsync(cancellationToken);

        // Also where the host is out of patience: else others begin only when the lease has ended.
        await TryAsync(() => AskAsync(() => store.ReleaseAsync(poller.Node, CancellationToken.None), CancellationToken.None));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Forever(poller.RunAsync, stoppingToken), Forever(BelongAsync, stoppingToken));

    // What nothing is under way for is others' at once; what the OP is being asked about, when it has answered, or when half the time for stopping is over.
    private async Task HandOverAsync(CancellationToken cancellationToken)
    {
        var until = poller.Clock + (host.Value.ShutdownTimeout / 2);
        while (true)
        {
            var busy = poller.Close();
            await AskAsync(() => store.HandOverAsync(poller.Node, busy, cancellationToken), cancellationToken);
            if (busy.Count == 0 || poller.Clock >= until)
            {
                return;
            }

            await Task.Delay(HandOver, time, cancellationToken);
        }
    }

    private Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken) => StoreException.MarkAsync(() => ask().WaitAsync(Patience, time, cancellationToken));

    private Task AskAsync(Func<Task> ask, CancellationToken cancellationToken) => StoreException.MarkAsync(() => ask().WaitAsync(Patience, time, cancellationToken));

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // The host stops waiting.
        }
        catch (Exception exception)
        {
            // The store is out of order: its leases end by themselves.
            Tell(exception);
        }
    }

    // An outage is one line when it begins and one when it ends, however long it lasts; a surprise is a line each.
    private void Tell(Exception exception)
    {
        if (exception is not StoreException { InnerException: { } cause })
        {
            logger.PollerSurprise(exception);
        }
        else if (logins.Store.Goes())
        {
            logger.StoreGone(string.Join(' ', new[] { cause.Message, cause.GetBaseException().Message }.Distinct(StringComparer.Ordinal)));
        }
    }

    // A loop that meets a surprise begins again; an exception that left it would stop the host.
    private async Task Forever(Func<CancellationToken, Task> loop, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await loop(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Tell(exception);
                await Task.Delay(Restart, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // One membership, from joining under a name to losing its lease.
    private async Task BelongAsync(CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = Forever(_watch.RunAsync, over.Token);
        try
        {
            await BeatAsync(cancellationToken);
        }
        finally
        {
            await over.CancelAsync();
            await watch;
        }

        logger.LeaseLost(poller.Rejoin());
    }

    /// <summary>Renews the lease until it is lost.</summary>
    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        var isNew = true;
        while (true)
        {
            // Counted from before the renewal is sent: the store's own count can only begin later.
            var begun = poller.Clock;
            try
            {
                if (!await AskAsync(() => store.HeartbeatAsync(poller.Node, Lease, isNew, cancellationToken), cancellationToken))
                {
                    return;
                }

                isNew = false;
                poller.Lease(begun + Lease);
                if (!_isLeaving && !await TryTakeOverAsync(cancellationToken))
                {
                    return;
                }

                if (logins.Store.Returns() is { } away)
                {
                    logger.StoreBack(away.TotalSeconds);
                }
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // A store in trouble costs nothing while the lease lasts; when it answers again, it says whether it did.
                Tell(exception);
            }

            await RestAsync(begun + Heartbeat, cancellationToken);
        }
    }

    private async Task RestAsync(TimeSpan until, CancellationToken cancellationToken)
    {
        var left = until - poller.Clock;
        var rest = Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);

        // Said only when the timer is set: by this a test knows that its clock may go on.
        Volatile.Write(ref _restsUntil, until.Ticks);
        await rest;
    }

    // An answer that got lost may have given this node logins that it does not know of, and that nobody polls for while it lives: it lets go of its name, and they are taken over anew.
    private async Task<bool> TryTakeOverAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TakeOverAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Tell(exception);
            await RestAsync(poller.Clock + Restart, cancellationToken);
            return false;
        }

        _ = await AskAsync(() => store.DeleteExpiredAsync(cancellationToken), cancellationToken);
        return true;
    }

    private async Task TakeOverAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<PendingLoginRecord> claimed;
        do
        {
            claimed = await AskAsync(() => store.ClaimAsync(poller.Node, ClaimBatch, cancellationToken), cancellationToken);

            // All at once: where the store is slow, one after the other would outlast the lease.
            await Task.WhenAll(claimed.Select(record => takeOver.TakeAsync(record, cancellationToken)));
        }
        while (claimed.Count == ClaimBatch);
    }
}
