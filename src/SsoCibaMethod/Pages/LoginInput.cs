using System.Globalization;

namespace SsoCibaMethod.Pages;

/// <summary>What a person may type.</summary>
internal static class LoginInput
{
    /// <summary>The longest hint: longer than any phone number, e-mail address or person's number.</summary>
    public const int MaximumHint = 256;

    public const int MaximumUserCode = 128;

    /// <summary>The text without surrounding space; <see langword="null"/> with the key of the fault where it cannot be used.</summary>
    public static string? Read(string? typed, int maximum, string missingKey, string unfitKey, out string? faultKey)
    {
        var text = typed?.Trim();
        faultKey = string.IsNullOrEmpty(text) ? missingKey : text.Length > maximum || text.Any(IsUnfit) ? unfitKey : null;
        return faultKey is null ? text : null;
    }

    // Whatever can be neither seen nor typed, such as marks that turn the direction of text, but for the two joiners that some scripts are written with.
    private static bool IsUnfit(char character) => char.GetUnicodeCategory(character) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Format => character is not ('\u200C' or '\u200D'),
        _ => character == '\uFFFD',
    };
}
