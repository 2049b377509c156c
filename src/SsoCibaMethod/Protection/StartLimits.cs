using Microsoft.Extensions.Logging;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.Methods;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Protection;

/// <summary>
/// The limits on starting logins: a public page must be no means to make phones ring, nor to try names. What the OP would answer has no part in it, so they tell nobody
/// who has an account. A browser known to ask for a user is counted by itself alone: neither strangers who ask for that user nor those behind the same address stop it.
/// </summary>
internal sealed class StartLimits(AddressFence fence, StartHashes hashes, PendingLoginService logins, CibaMetrics metrics, ILogger<CibaHandler> logger)
{
    /// <summary>Counts a try of a network address in this process, before anything is written.</summary>
    /// <param name="method">The method.</param>
    /// <param name="hint">Who is to be asked, as the browser has it.</param>
    /// <param name="source">Where the try comes from; then with what the fence knows of it.</param>
    /// <returns>Why not now; <see langword="null"/> where nothing is against it.</returns>
    public StartRefusal? OfAddress(CibaMethod method, CibaLoginHint hint, ref StartSource source)
    {
        StartWindow.Try? passed = null;
        var refusal = source.IsKnownFor(hint) ? null : fence.Refusal(method, source.Address, out passed);
        source = source with { Passed = passed };
        return refusal;
    }

    /// <summary>What a start counts by on all nodes.</summary>
    public StartCounts Of(CibaMethod method, CibaLoginHint hint, StartSource source)
    {
        var settings = method.Options.StartLimits;
        if (!settings.Enabled)
        {
            return new StartCounts();
        }

        if (source.IsKnownFor(hint))
        {
            return new StartCounts(
                hashes.OfBrowser(method.Scheme, source.Browser!.Id, hint), new StartLimit(nameof(settings.PerBrowser), settings.PerBrowser, settings.Window, settings.Cooldown));
        }

        var byHint = new StartCounts(hashes.OfHint(method.Scheme, hint), new StartLimit(nameof(settings.PerHint), settings.PerHint, settings.Window, settings.Cooldown));
        return source.Address is null ? byHint : byHint with
        {
            AddressHash = hashes.OfNetwork(method.Scheme, ClientNetwork.Of(source.Address)),
            Address = StartLimit.OfWindow(nameof(settings.PerAddress), settings.PerAddress, settings.Window),
        };
    }

    /// <summary>
    /// Holds a login that was just created against what was started before it, and ends it if it is one too many. The record comes first and the count second: of starts at the same
    /// moment each one sees those before it, so that no race lets more through (OWASP ASVS 15.4).
    /// </summary>
    /// <returns>Why nothing may be sent; <see langword="null"/> where nothing is against it.</returns>
    public async Task<StartRefusal?> RefusalAsync(PendingLogin login, StartCounts counts, StartSource source)
    {
        if (counts.Hint is null)
        {
            return null;
        }

        var before = await logins.FindStartsBeforeAsync(login, counts.Memory);
        if (counts.Address?.Refusal(before.FromAddress, login.StartedAt) is { } ofAddress)
        {
            source.Passed?.Refuse(ofAddress.RetryIn);
            return await RefuseAsync(login, ofAddress, current => current with { AddressHash = 0 });
        }

        // The try counts for the address all the same.
        return counts.Hint.Refusal(before.WithHint, login.StartedAt) is { } ofHint ? await RefuseAsync(login, ofHint, current => current) : null;
    }

    public void Tell(string reference, string method, StartRefusal refusal)
    {
        logger.StartRefused(reference, method, refusal.Limit, refusal.Reason.ToString(), Math.Ceiling(refusal.RetryIn.TotalSeconds));
        metrics.Limited(method, refusal.Limit, refusal.Reason.ToString());
    }

    private async Task<StartRefusal> RefuseAsync(PendingLogin login, StartRefusal refusal, Func<PendingLogin, PendingLogin> uncount)
    {
        _ = await logins.ChangeAsync(
            login.Id, current => uncount(current).Refuse(login.StartedAt + refusal.RetryIn, refusal.MessageKey, logins.Now), CancellationToken.None);
        Tell(login.Reference, login.Method, refusal);
        return refusal;
    }
}
