using Microsoft.Extensions.Logging;
using SsoCibaMethod.Diagnostics;

namespace SsoCibaMethod.PendingLogins;

/// <summary>
/// Writes what the OP said to a login's request. It cannot be had again, and the phone may ring: where the store fails, it is written when the store is back, as long as the page waits for it.
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
        var tried = change(login);
        var isFirst = true;
        return UntilAnsweredAsync(login, async () =>
        {
            // Somebody else has mostly not touched the login meanwhile; if the OP has called already, its call stands on the record.
            var wasFirst = isFirst;
            isFirst = false;
            return wasFirst && tried is not null && await logins.TryReplaceAsync(tried, CancellationToken.None) ? tried
                : !wasFirst && await FindWrittenAsync(login, tried) is { } written ? written
                : await logins.ChangeAsync(login.Id, Change, CancellationToken.None);
        });

        // A later deadline is that of a later request, with the user's code. And another node that has claimed it waits for nothing: the next heartbeat takes over what nobody owns.
        PendingLogin? Change(PendingLogin current) => current.Deadline > login.Deadline ? null : tried = change(current with
        {
            Owner = current.Owner == login.Owner ? login.Owner : null,
            Details = current.Details with { BindingMessage = login.Details.BindingMessage },
        });
    }

    /// <summary>Reads a login that starts.</summary>
    public Task<PendingLogin?> FindAsync(PendingLogin login) => UntilAnsweredAsync(login, () => logins.FindAsync(login.Id, CancellationToken.None));

    // Where only the store's answer to an earlier try got lost.
    private async Task<PendingLogin?> FindWrittenAsync(PendingLogin login, PendingLogin? tried) =>
        await logins.FindAsync(login.Id, CancellationToken.None) is { } found
        && (found.State, found.Details.AuthReqId, found.Details.MessageKey) == (tried?.State, tried?.Details.AuthReqId, tried?.Details.MessageKey) ? found : null;

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
