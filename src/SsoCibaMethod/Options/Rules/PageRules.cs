using System.Globalization;
using Microsoft.AspNetCore.Authentication;

namespace SsoCibaMethod;

/// <summary>What must hold of the page's look and links.</summary>
internal static class PageRules
{
    public static IEnumerable<string> Faults(CibaOptions options, AuthenticationOptions authentication)
    {
        var page = options.Page;
        foreach (var (setting, value) in new[] { ("Help", page.Help), ("Privacy", page.Privacy), ("Accessibility", page.Accessibility) })
        {
            if (value is not null && !IsAddress(value))
            {
                yield return $"Page:{setting} is \"{value}\"; write an address on this site that begins with /, or one that begins with https://.";
            }
        }

        foreach (var (text, way) in page.OtherWays)
        {
            if (!IsAddress(way) && !authentication.SchemeMap.ContainsKey(way))
            {
                yield return $"Page:OtherWays:{text} is \"{way}\"; name a scheme of the application, or write an address that begins with / or https://.";
            }
        }

        if (page.Languages.FirstOrDefault(tag => !IsLanguage(tag)) is { } unknown)
        {
            yield return $"Page:Languages holds \"{unknown}\"; write language tags such as en, fi or pt-BR.";
        }
    }

    // Of this site, or https: a link that runs script, or leads to http, is none.
    private static bool IsAddress(string value) => value.StartsWith('/')
        ? !value.StartsWith("//", StringComparison.Ordinal) && !value.StartsWith("/\\", StringComparison.Ordinal)
        : Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps;

    private static bool IsLanguage(string tag)
    {
        try
        {
            return CultureInfo.GetCultureInfo(tag, predefinedOnly: true).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}
