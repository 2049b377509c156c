using System.Globalization;
namespace SsoCibaMethod;

/// <summary>What must hold of the page's look and links.</summary>
internal static class PageRules
{
    private const double LeastContrast = 4.5;
    private const long LargestLogo = 64 * 1024;

    public static IEnumerable<string> Faults(CibaOptions options, Func<string, bool> isScheme)
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
            if (!IsAddress(way) && !isScheme(way))
            {
                yield return $"Page:OtherWays:{text} is \"{way}\"; name a scheme of the application, or write an address that begins with / or https://.";
            }
        }

        foreach (var (setting, colour, paper) in new[] { ("Accent", page.Accent, "#ffffff"), ("AccentDark", page.AccentDark, "#161b23") })
        {
            if (colour is not null && ColourFault(colour, paper) is { } fault)
            {
                yield return $"Page:{setting} is \"{colour}\"; {fault}.";
            }
        }

        if (page.Logo is { } logo && LogoFault(logo) is { } logoFault)
        {
            yield return $"Page:Logo is \"{logo}\"; {logoFault}.";
        }

        if (page.Languages.FirstOrDefault(tag => !IsLanguage(tag)) is { } unknown)
        {
            yield return $"Page:Languages holds \"{unknown}\"; write language tags such as en, fi or pt-BR.";
        }

        if (page.Layout is { } layout && !layout.IsSubclassOf(typeof(CibaPageLayout)))
        {
            yield return $"Page:Layout is {layout.Name}; it must derive from {nameof(CibaPageLayout)}.";
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

    private static string? LogoFault(string path)
    {
        try
        {
            return Path.GetExtension(path).ToUpperInvariant() is not (".SVG" or ".PNG" or ".WEBP") ? "name an .svg, .png or .webp file"
                : new FileInfo(path) is not { Exists: true } file ? "there is no such file"
                : file.Length > LargestLogo ? "the file is larger than 64 KB"
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "the file cannot be read";
        }
    }

    private static string? ColourFault(string colour, string paper) =>
        Luminance(colour) is not { } light ? "write a colour as #rrggbb"
        : Contrast(light, Luminance(paper)!.Value) is var contrast && contrast < LeastContrast
            ? string.Create(CultureInfo.InvariantCulture, $"its contrast to {paper} is {contrast:0.0}, and people need {LeastContrast} at least: choose one that stands out more")
            : null;

    private static double Contrast(double one, double other) => (Math.Max(one, other) + 0.05) / (Math.Min(one, other) + 0.05);

    // Relative luminance as WCAG 2.2 defines it.
    private static double? Luminance(string colour)
    {
        if (colour.Length != 7 || colour[0] != '#' || !uint.TryParse(colour.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb))
        {
            return null;
        }

        return (0.2126 * Channel(rgb >> 16)) + (0.7152 * Channel(rgb >> 8)) + (0.0722 * Channel(rgb));

        static double Channel(uint value) => (value & 0xFF) / 255.0 is var part && part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
    }
}
