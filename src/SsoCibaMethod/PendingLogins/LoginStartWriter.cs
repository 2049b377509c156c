using Microsoft.Extensions.Logging;
using SsoCibaMethod.Diagnostics;

namespace SsoCibaMethod.PendingLogins;

/// <summary>
/// Writes what the OP said to a login's request. It cannot be had again, and the phone may ring: where the store fails, it is written when the store is back, as long as a login may take to start.
/// </summary>
internal sealed class LoginStartWriter(PendingLoginService logins, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>Changes a login that starts.</summary>
    /// <param name="login">The login as its request was sent for it.</param>
    /// <param name="change">What the OP's answer makes of it; <see langword="null"/> where its state does not allow that.</param>
    /// <returns>The login as changed; <see langword="null"/> where it has ended otherwise.</returns>
    public Task<PendingLogin?> WriteAsync(PendingLogin login, Func<PendingLogin, PendingLogin?> change)
    {
        var (tried, tries) = (change(login), 0);
        return UntilAnsweredAsync(login, async () =>
        {
            // Somebody else has mostly not touched the login meanwhile; if the OP has called already, its call stands on the record.
            if (tries++ == 0 && tried is not null && await logins.TryReplaceAsync(tried, CancellationToken.None))
            {
                return tried;
            }

            // Of an earlier try perhaps only the store's answer got lost.
            var found = default(PendingLogin);
            return await logins.ChangeAsync(login.Id, current => Change(found = current), CancellationToken.None) ?? (tries > 1 && IsWritten(found, tried) ? found : null);
        });

        PendingLogin? Change(PendingLogin current)
        {
            // A later deadline is that of a later request, with the user's code.
            var isLater = current.State == PendingLoginState.Starting && current.Deadline > login.Deadline;

            // Another node that has claimed it has no slot for it. What nobody owns is taken over by the next heartbeat.
            var owner = current.Owner == login.Owner ? login.Owner : null;
            var changed = isLater ? null : change(current with { Owner = owner, Details = current.Details with { BindingMessage = login.Details.BindingMessage } });
            tried = changed ?? tried;
            return changed;
        }
    }

    /// <summary>Reads a login that starts.</summary>
    public Task<PendingLogin?> FindAsync(PendingLogin login) => UntilAnsweredAsync(login, () => logins.FindAsync(login.Id, CancellationToken.None));

    private static bool IsWritten(PendingLogin? found, PendingLogin? tried) =>
        (found?.State, found?.Deadline, found?.Details.AuthReqId, found?.Details.MessageKey) == (tried?.State, tried?.Deadline, tried?.Details.AuthReqId, tried?.Details.MessageKey);

    private async Task<T> UntilAnsweredAsync<T>(PendingLogin login, Func<Task<T>> ask)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (StoreException exception) when (time.GetUtcNow() < login.Deadline)
            {
                logger.LoginWaitsForStore(login.Reference, login.Method, exception);
                await Task.Delay(Again, time);
            }
        }
    }
}
