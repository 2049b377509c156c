using SsoCibaMethod.Messages;
using SsoCibaMethod.Pages;

namespace SsoCibaMethod.Registered;

/// <summary>Whether a registered method may ask: somebody is signed in, is still the one the page was made for, and has a hint to be asked by.</summary>
internal static class Registration
{
    /// <param name="flow">The request.</param>
    /// <param name="form">The form that was sent; <see langword="null"/> where the page is only looked at.</param>
    /// <returns>The key of the text that says why not; <see langword="null"/> where it may, and for a method that lets the user type.</returns>
    public static async Task<string?> RefusalAsync(LoginFlow flow, AttemptForm? form = null)
    {
        if (!flow.IsRegistered)
        {
            return null;
        }

        if (await flow.LocalUserAsync() is not { } user)
        {
            return MessageKeys.SignInFirst;
        }

        if (IsOther(user, flow.State.User) || IsOther(user, form?.User))
        {
            return MessageKeys.UserChangedBefore;
        }

        if (form is { User: null })
        {
            // Made before the method became a registered one: it named nobody.
            return MessageKeys.FormExpired;
        }

        return user is { Fingerprint: not null, CanBeMatched: true } && await flow.GivenHintAsync() is not null ? null : MessageKeys.NotRegistered;
    }

    /// <summary>Whom the page names: the hint, else, where that is a token, the user's name. To be masked.</summary>
    public static async Task<string?> PersonAsync(LoginFlow flow) => await flow.LocalUserAsync() is { } user
        ? (await flow.GivenHintAsync() as CibaLoginHint.Plain)?.Value ?? (user.Principal.Identity?.Name is { Length: > 0 } name ? name : null)
        : null;

    private static bool IsOther(LocalUser user, string? fingerprint) => fingerprint is not null && fingerprint != user.Fingerprint;
}
