using SsoCibaMethod.Diagnostics;

namespace SsoCibaMethod.PendingLogins;

/// <summary>The door to the pending logins: reads, creates and changes them by compare-and-set, and lets time end what is overdue.</summary>
internal sealed class PendingLoginService(IPendingLoginStore store, PendingLoginProtector protector, LoginReports reports, TimeProvider time)
{
    private const int MaximumTries = 10;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Whether the store answers.</summary>
    public StoreHealth Store { get; } = new(time);

    public Task<bool> CreateAsync(PendingLogin login, CancellationToken cancellationToken) =>
        StoreException.MarkAsync(() => store.CreateAsync(protector.Protect(login), cancellationToken));

    /// <summary>The login; <see langword="null"/> where there is none or its record cannot be read.</summary>
    public async Task<PendingLogin?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var record = await ReadAsync(id, cancellationToken);
        if (record is null || protector.Unprotect(record) is not { } login)
        {
            return null;
        }

        if (login.AbandonedAt > Now)
        {
            return login;
        }

        if (Overdue(login) is not { } ended)
        {
            return null;
        }

        // Whoever was quicker knows better how it ended. And an end that is told no longer is none to tell now.
        if (!await TryReplaceAsync(ended, cancellationToken))
        {
            return await FindAsync(id, cancellationToken);
        }

        if (!login.IsDecoy)
        {
            // How a decoy's login ended was told when it did.
            reports.Ended(login, watched: null, new LoginOutcome(ended.State, ended.Details.MessageKey!), CauseOf(login.State));
        }

        return ended.AbandonedAt > Now ? ended : null;
    }

    /// <summary>The login that a call of the OP is about, ended or not; <see langword="null"/> where nobody knows its token.</summary>
    public async Task<PendingLogin?> FindByNotificationTokenAsync(string token, CancellationToken cancellationToken) =>
        await StoreException.MarkAsync(() => store.FindByNotificationTokenHashAsync(SecretHash.Of(token), cancellationToken)) is { } record
        && protector.Unprotect(record) is { Details.NotificationTokenHash: { } hash } login && SecretHash.IsOf(token, hash)
            ? login
            : null;

    /// <summary>Tells the node that polls for a login that the OP called.</summary>
    public Task PingAsync(string id, CancellationToken cancellationToken) => StoreException.MarkAsync(() => store.PingAsync(id, cancellationToken));

    public Task<bool> TryReplaceAsync(PendingLogin login, CancellationToken cancellationToken) =>
        StoreException.MarkAsync(() => store.ReplaceAsync(protector.Protect(login), cancellationToken));

    /// <summary>Changes a login as it stands, again if somebody else changes it at the same moment.</summary>
    /// <returns>The login as changed; <see langword="null"/> where its state, or its absence, does not allow the change.</returns>
    public async Task<PendingLogin?> ChangeAsync(string id, Func<PendingLogin, PendingLogin?> change, CancellationToken cancellationToken)
    {
        for (var i = 0; i < MaximumTries; i++)
        {
            var record = await ReadAsync(id, cancellationToken);
            if (record is null || protector.Unprotect(record) is not { } login || change(login) is not { } changed)
            {
                return null;
            }

            if (await TryReplaceAsync(changed, cancellationToken))
            {
                return changed;
            }
        }

        throw new InvalidOperationException($"A pending login could not be changed in {MaximumTries} tries.");
    }

    /// <summary>What was started with a login's hint, and from its network, before it, as far back as it counts.</summary>
    public Task<PendingLoginStarts> FindStartsBeforeAsync(PendingLogin login, int maximum) =>
        StoreException.MarkAsync(() => store.FindStartsBeforeAsync(login.Id, login.StartedAt - login.Details.CountedFor, maximum, CancellationToken.None));

    public Task WaitForChangeAsync(PendingLogin login, CancellationToken cancellationToken) =>
        StoreException.MarkAsync(() => store.WaitForChangeAsync(login.Id, login.Version, cancellationToken));

    private Task<PendingLoginRecord?> ReadAsync(string id, CancellationToken cancellationToken) => StoreException.MarkAsync(() => store.ReadAsync(id, cancellationToken));

    private static string CauseOf(PendingLoginState state) => state switch
    {
        PendingLoginState.Starting => "Whether the OP took the request is not known: what began it did not end.",
        PendingLoginState.UserCodeNeeded => "The user's code was not typed in time.",
        PendingLoginState.Approved => "The user approved, but the browser did not come for the sign-in.",
        _ => "Nobody decided in time.",
    };

    // The poller ends what waits; this is for what nobody works on: a code never typed, a request whose node died, an approval nobody fetched.
    private PendingLogin? Overdue(PendingLogin login) => login.State switch
    {
        PendingLoginState.Starting => login.End(PendingLoginState.Failed, Messages.MessageKeys.LoginUnavailable, Now),
        PendingLoginState.UserCodeNeeded or PendingLoginState.Waiting or PendingLoginState.Approved =>
            login.End(PendingLoginState.Expired, Messages.MessageKeys.LoginExpired, Now),
        _ => null,
    };
}
