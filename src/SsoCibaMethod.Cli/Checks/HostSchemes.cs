using Microsoft.Extensions.Configuration;

namespace SsoCibaMethod.Cli.Checks;

/// <summary>The schemes of the application that settings name: there is no application here, so they are taken for granted, and said to be.</summary>
internal static class HostSchemes
{
    /// <summary>What a host has whose methods name no scheme.</summary>
    public const string Default = "Cookies";

    public static IEnumerable<string> NamedBy(CibaOptions options) => new[] { options.SignInScheme, options.LoginHint.Scheme }
        .Concat(options.Page.OtherWays.Values.Where(IsScheme))
        .OfType<string>().Where(scheme => scheme != Default).Distinct(StringComparer.Ordinal);

    /// <summary>The same, before the settings are options.</summary>
    public static IEnumerable<string> NamedIn(IConfigurationSection ciba) => ciba.GetSection("Methods").GetChildren().Append(ciba.GetSection("Defaults"))
        .SelectMany(method => new[] { method["SignInScheme"], method["LoginHint:Scheme"] }.Concat(method.GetSection("Page:OtherWays").GetChildren().Select(way => way.Value)))
        .OfType<string>().Select(scheme => scheme.Trim()).Where(IsScheme).Distinct(StringComparer.Ordinal);

    // An address is none; what is no name at all is for the rules to tell.
    private static bool IsScheme(string value) => value.Length > 0 && value.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_');
}
