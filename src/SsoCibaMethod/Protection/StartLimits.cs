using System.Net;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.Methods;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Protection;

/// <summary>
/// The limits on starting logins: a public page must be no means to make phones ring, nor to try names. What the OP would answer has no part in it, so they tell nobody
/// who has an account.
/// </summary>
internal sealed class StartLimits(AddressLimit addresses, HintHashes hashes, PendingLoginService logins, ILogger<CibaHandler> logger)
{
    /// <summary>Counts a try of a network address, before anything is written.</summary>
    /// <returns>Why not now; <see langword="null"/> where nothing is against it.</returns>
    public StartRefusal? OfAddress(CibaMethod method, IPAddress? address) => addresses.Refusal(method, address);

    /// <summary>What a start counts by: who is to be asked, or the browser that is known to ask for that user.</summary>
    public (string? Hash, StartLimit? Limit) OfHint(CibaMethod method, CibaLoginHint hint, KnownBrowser? browser)
    {
        var settings = method.Options.StartLimits;
        return !settings.Enabled ? default
            : browser?.Knows(hint) == true
                ? (hashes.OfBrowser(method.Scheme, browser.Id, hint), new(nameof(settings.PerBrowser), settings.PerBrowser, settings.Window, settings.Cooldown))
                : (hashes.OfHint(method.Scheme, hint), new(nameof(settings.PerHint), settings.PerHint, settings.Window, settings.Cooldown));
    }

    /// <summary>
    /// Holds a login that was just created against what was started before it, and ends it if it is one too many. The record comes first and the count second: of starts at the same
    /// moment each one sees those before it, so that no race lets more through (OWASP ASVS 15.4).
    /// </summary>
    /// <returns>Why nothing may be sent; <see langword="null"/> where nothing is against it.</returns>
    public async Task<StartRefusal?> RefusalAsync(PendingLogin login, StartLimit? limit)
    {
        if (login.HintHash is not { } hash || limit is null
            || limit.Refusal(await logins.FindStartsBeforeAsync(login, hash, limit.Memory), login.StartedAt) is not { } refusal)
        {
            return null;
        }

        _ = await logins.ChangeAsync(login.Id, current => current.Refuse(login.StartedAt + refusal.RetryIn, refusal.MessageKey, logins.Now), CancellationToken.None);
        Tell(login.Reference, login.Method, refusal);
        return refusal;
    }

    public void Tell(string reference, string method, StartRefusal refusal) =>
        logger.StartRefused(reference, method, refusal.Limit, refusal.Reason.ToString(), Math.Ceiling(refusal.RetryIn.TotalSeconds));
}
