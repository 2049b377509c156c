using System.Globalization;

namespace SsoCibaMethod.Pages;

/// <summary>The choice of languages at the foot of the page: a form that is got, so that it works without script and starts nothing.</summary>
/// <param name="Address">Where the form leads.</param>
/// <param name="State">The challenge's state, to be kept.</param>
/// <param name="Number">The attempt's number, to be kept.</param>
/// <param name="Languages">The languages, each with its own name for itself.</param>
internal sealed record LanguageChoice(string Address, string? State, string? Number, IReadOnlyList<(string Tag, string Name)> Languages)
{
    public static LanguageChoice? Of(LoginFlow flow, string address, string? state)
    {
        var languages = flow.Languages.Select(RequestCulture.Parse).OfType<CultureInfo>().Select(culture => (culture.Name, Name: culture.TextInfo.ToTitleCase(culture.NativeName)))
            .OrderBy(language => language.Name, StringComparer.InvariantCulture).ToList();
        return languages.Count < 2 ? null : new LanguageChoice(address, string.IsNullOrEmpty(state) ? null : state, flow.Number, languages);
    }
}
