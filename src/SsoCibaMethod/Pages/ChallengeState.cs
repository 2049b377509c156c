using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Pages;

/// <summary>What a challenge hands to the page, protected, in its address. What is missing, old or unreadable is a challenge without wishes, never an error.</summary>
internal sealed class ChallengeState(AuthenticationProperties properties)
{
    public static readonly TimeSpan ValidFor = TimeSpan.FromDays(1);

    private const string IssuedKey = ".ciba.issued";
    private const string WishesKey = ".ciba.wishes";
    private const string UserKey = ".ciba.user";
    private const string BrowserKey = ".ciba.browser";
    private const int MaximumReturnUrl = 1_000;

    public AuthenticationProperties Properties => properties;

    public ChallengeWishes Wishes { get; private init; } = ChallengeWishes.Read(properties.GetString(WishesKey));

    public string? LoginHint => Wishes.LoginHint;

    /// <summary>The fingerprint of the user a registered method is to confirm; <see langword="null"/> where nobody was signed in yet.</summary>
    public string? User => properties.GetString(UserKey);

    /// <param name="properties">The challenge's.</param>
    /// <param name="wishes">What it asks.</param>
    /// <param name="user">The fingerprint of the user a registered method is to confirm.</param>
    /// <param name="browser">The secret of the browser that is challenged, where the challenge has a hint.</param>
    /// <param name="scheme">The method.</param>
    /// <param name="protector">Protects it.</param>
    /// <param name="now">When it is made.</param>
    /// <returns>The text for the address. Its first part names the method, so that whoever comes back to one that is gone can be told so.</returns>
    public static string Protect(
        AuthenticationProperties properties, ChallengeWishes wishes, string? user, string? browser, string scheme, IDataProtector protector, DateTimeOffset now)
    {
        properties.SetString(UserKey, user);
        properties.SetString(BrowserKey, browser is null ? null : SecretHash.Of(browser));
        properties.SetString(IssuedKey, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        properties.SetString(WishesKey, wishes.Write());
        return $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(scheme))}.{Base64Url.EncodeToString(protector.Protect(PropertiesSerializer.Default.Serialize(properties)))}";
    }

    /// <summary>The method whose challenge an address is from, however long ago; <see langword="null"/> where it is from none of ours.</summary>
    public static string? SchemeOf(string text, Func<string, IDataProtector> protectorOf)
    {
        try
        {
            if (text.Split('.') is not [var name, var state])
            {
                return null;
            }

            var scheme = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(name));
            _ = protectorOf(scheme).Unprotect(Base64Url.DecodeFromChars(state));
            return scheme;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }

    public static ChallengeState Unprotect(string? text, IDataProtector protector, DateTimeOffset now)
    {
        try
        {
            if (text?.Split('.') is [_, var state]
                && PropertiesSerializer.Default.Deserialize(protector.Unprotect(Base64Url.DecodeFromChars(state))) is { } properties
                && long.TryParse(properties.GetString(IssuedKey), NumberStyles.None, CultureInfo.InvariantCulture, out var issued)
                && DateTimeOffset.FromUnixTimeSeconds(issued) + ValidFor > now)
            {
                return new ChallengeState(properties);
            }
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            // Somebody else's, or from before the keys changed.
        }

        return new ChallengeState(new AuthenticationProperties());
    }

    /// <summary>The same in a browser with this secret: another one than was challenged asks nobody that the challenge names.</summary>
    public ChallengeState In(string? browser) =>
        !Wishes.HasHint || (browser is not null && properties.GetString(BrowserKey) is { } hash && SecretHash.IsOf(browser, hash))
            ? this
            : new ChallengeState(properties) { Wishes = Wishes with { LoginHint = null, LoginHintToken = null, IdTokenHint = null } };

    /// <summary>A return address on this site; <see langword="null"/> for any other (no open redirect).</summary>
    public static string? Local(string? url, string scheme, string host)
    {
        if (url is null)
        {
            return null;
        }

        var origin = $"{scheme}://{host}/";
        var local = Ascii(url.StartsWith(origin, StringComparison.OrdinalIgnoreCase) ? url[(origin.Length - 1)..] : url);
        var isOnThisSite = local.StartsWith('/') && !local.StartsWith("//", StringComparison.Ordinal) && !local.StartsWith("/\\", StringComparison.Ordinal);
        return isOnThisSite && local.Length <= MaximumReturnUrl && !local.Any(char.IsControl) ? local : null;
    }

    // A server refuses to send a Location with other letters in it, and that would cost an approved login.
    private static string Ascii(string url) =>
        string.Concat(url.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));

    /// <summary>The properties as the ticket will have them, but for the trace, which ends there.</summary>
    /// <param name="span">What the rest of the login's trace hangs from.</param>
    public byte[] Serialize(Activity? span)
    {
        var kept = properties.Clone();
        LoginTrace.Carry(kept, span);
        _ = kept.Items.Remove(IssuedKey);
        _ = kept.Items.Remove(WishesKey);
        _ = kept.Items.Remove(UserKey);
        _ = kept.Items.Remove(BrowserKey);
        return PropertiesSerializer.Default.Serialize(kept);
    }
}
