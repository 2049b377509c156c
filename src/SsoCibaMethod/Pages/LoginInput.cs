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

    private static bool IsUnfit(char character) => char.IsControl(character) || char.IsSurrogate(character) || character is >= '\u2028' and <= '\u202E' or '\uFEFF' or '\uFFFD';
}
