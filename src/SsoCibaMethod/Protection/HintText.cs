using System.Globalization;
using System.Text;

namespace SsoCibaMethod.Protection;

/// <summary>A hint in the one form it is counted by, so that spaces, capitals and full-width digits do not make another one of it.</summary>
internal static class HintText
{
    private const string PhonePunctuation = "+-.,/()";

    public static string Of(CibaLoginHint hint) => hint switch
    {
        CibaLoginHint.Plain { Value: var value } => "login_hint\n" + Normalize(value),
        CibaLoginHint.LoginHintToken { Value: var value } => "login_hint_token\n" + value,
        CibaLoginHint.IdToken { Value: var value } => "id_token_hint\n" + value,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Normalize(string hint)
    {
        // A host may give what is no text; half a letter cannot be normalized.
        var text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(hint)).Normalize(NormalizationForm.FormKC).ToUpperInvariant();
        text = string.Concat(text.Where(character => !char.IsWhiteSpace(character) && char.GetUnicodeCategory(character) != UnicodeCategory.Format));
        var isPhone = text.Any(char.IsAsciiDigit) && text.All(character => char.IsAsciiDigit(character) || PhonePunctuation.Contains(character, StringComparison.Ordinal));
        return isPhone ? string.Concat(text.Where(char.IsAsciiDigit)).TrimStart('0') : text;
    }
}
