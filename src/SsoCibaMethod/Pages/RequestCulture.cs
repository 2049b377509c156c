using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;

namespace SsoCibaMethod.Pages;

/// <summary>The language of a request: the host's choice where its localization ran before us, else what the browser prefers among what there is.</summary>
internal static class RequestCulture
{
    private const int MaximumPreferences = 10;

    // In a container without cultures there is only the invariant one; its texts are English too.
    private static readonly CultureInfo English = Parse("en") ?? CultureInfo.InvariantCulture;

    /// <summary>The language that the user chose on the page; <see langword="null"/> where none was, or one that is not offered.</summary>
    public static CultureInfo? Chosen(HttpContext context, IReadOnlyCollection<string> offered) =>
        Parse(context.Request.Query[LoginFlow.LanguageParameter].ToString()) is { } culture && offered.Contains(culture.Name, StringComparer.OrdinalIgnoreCase) ? culture : null;

    public static CultureInfo Of(HttpContext context, IReadOnlyCollection<string> offered)
    {
        if (context.Features.Get<IRequestCultureFeature>()?.RequestCulture.UICulture is { Name.Length: > 0 } chosen)
        {
            return Offered(chosen, offered) ?? English;
        }

        return context.Request.GetTypedHeaders().AcceptLanguage
            .Where(language => language.Quality is not 0)
            .OrderByDescending(language => language.Quality ?? 1)
            .Take(MaximumPreferences)
            .Select(language => Parse(language.Value.Value) is { } culture ? Offered(culture, offered) : null)
            .FirstOrDefault(culture => culture is not null) ?? English;
    }

    /// <summary>The culture of that name; <see langword="null"/> where there is none here.</summary>
    public static CultureInfo? Parse(string? name)
    {
        try
        {
            return string.IsNullOrEmpty(name) ? null : CultureInfo.GetCultureInfo(name, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    // The nearest language there are texts in, so that the page's lang attribute is true.
    private static CultureInfo? Offered(CultureInfo culture, IReadOnlyCollection<string> offered)
    {
        for (var each = culture; each.Name.Length > 0; each = each.Parent)
        {
            if (offered.Contains(each.Name, StringComparer.OrdinalIgnoreCase))
            {
                return each;
            }

            // Who asks for Norwegian, of either kind, reads Bokmål rather than English; .NET does not know them as kin.
            if (each.Name is "no" or "nn" && offered.Contains("nb", StringComparer.OrdinalIgnoreCase))
            {
                return Parse("nb");
            }
        }

        return null;
    }
}
