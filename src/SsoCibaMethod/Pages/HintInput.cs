using System.Globalization;
using SsoCibaMethod.Messages;

namespace SsoCibaMethod.Pages;

/// <summary>A typed hint as the OP shall have it: what people write for the eye is forgiven, what cannot be right is not sent.</summary>
internal static class HintInput
{
    private const int FewestDigits = 5;
    private const int MostDigits = 20;

    /// <summary>The hint; <see langword="null"/> with the key of the fault where it cannot be used.</summary>
    public static string? Read(string? typed, CibaLoginHintInputMode mode, out string? faultKey)
    {
        if (LoginInput.Read(typed, LoginInput.MaximumHint, MessageKeys.LoginHintMissing, MessageKeys.LoginHintUnfit, out faultKey) is not { } text)
        {
            return null;
        }

        var hint = mode switch
        {
            CibaLoginHintInputMode.Text => text,
            CibaLoginHintInputMode.Tel => PhoneNumber(Digits(text, " \u00A0\u202F-\u2010\u2011\u2013.()/")),
            CibaLoginHintInputMode.Email => IsEmail(text) ? text : null,
            CibaLoginHintInputMode.Numeric => Digits(text, " \u00A0\u202F-\u2010\u2011\u2013") is { } digits && digits.All(char.IsAsciiDigit) ? digits : null,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        faultKey = hint is null ? MessageKeys.LoginHintUnfit : null;
        return hint;
    }

    // Digits of every script, and the wide ones of Japanese keyboards, are digits.
    private static string? Digits(string text, string dropped)
    {
        var kept = text.Where(character => !dropped.Contains(character, StringComparison.Ordinal))
            .Select(character => CharUnicodeInfo.GetDecimalDigitValue(character) is >= 0 and var digit ? (char)('0' + digit) : character == '\uFF0B' ? '+' : character);
        return string.Concat(kept) is { Length: > 0 } digits ? digits : null;
    }

    private static string? PhoneNumber(string? number) => number?.TrimStart('+') is { Length: >= FewestDigits and <= MostDigits } digits
        && digits.All(char.IsAsciiDigit) && number.Length - digits.Length <= 1 ? number : null;

    private static bool IsEmail(string text) => text.Split('@') is [{ Length: > 0 }, { Length: > 0 }] && !text.Any(char.IsWhiteSpace);
}
