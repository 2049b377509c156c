using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using SsoCibaMethod.Messages;

namespace SsoCibaMethod.Pages;

/// <summary>The language of a request: the host's choice where its localization ran before us, else what the browser prefers among what there is.</summary>
internal static class RequestCulture
{
    private const int MaximumPreferences = 10;

    // In a container without cultures there is only the invariant one; its texts are English too.
    private static readonly CultureInfo English = Parse("en") ?? CultureInfo.InvariantCulture;

    public static CultureInfo Of(HttpContext context, MessageCatalog messages)
    {
        if (context.Features.Get<IRequestCultureFeature>()?.RequestCulture.UICulture is { Name.Length: > 0 } chosen)
        {
            return Offered(chosen, messages) ?? English;
        }

        return context.Request.GetTypedHeaders().AcceptLanguage
            .Where(language => language.Quality is not 0)
            .OrderByDescending(language => language.Quality ?? 1)
            .Take(MaximumPreferences)
            .Select(language => Parse(language.Value.Value) is { } culture ? Offered(culture, messages) : null)
            .FirstOrDefault(culture => culture is not null) ?? English;
    }

    private static CultureInfo? Parse(string? name)
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
    private static CultureInfo? Offered(CultureInfo culture, MessageCatalog messages)
    {
        for (var each = culture; each.Name.Length > 0; each = each.Parent)
        {
            if (messages.Cultures.Contains(each.Name, StringComparer.OrdinalIgnoreCase))
            {
                return each;
            }
        }

        return null;
    }
}
