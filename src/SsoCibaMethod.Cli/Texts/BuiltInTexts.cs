using System.Globalization;
using System.Reflection;
using SsoCibaMethod.Messages;

namespace SsoCibaMethod.Cli.Texts;

/// <summary>The texts that are built in, and what lies beside them: the files of <c>resources/</c> as they were when this program was made.</summary>
internal static class BuiltInTexts
{
    public const string Schema = "messages.schema.json";

    private const string Prefix = "ciba.messages.";
    private const string OwnPrefix = "ciba.resources.";

    private static readonly Assembly Product = typeof(CibaMessages).Assembly;
    private static readonly Assembly Own = typeof(BuiltInTexts).Assembly;

    /// <summary>The names of all files.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Below(Product, Prefix).Concat(Below(Own, OwnPrefix)).Order(StringComparer.Ordinal)];

    public static byte[] Content(string name)
    {
        using var stream = Product.GetManifestResourceStream(Prefix + name) ?? Own.GetManifestResourceStream(OwnPrefix + name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    public static Dictionary<string, string> Read(string name) => MessageFile.Read(name, Content(name), english: null);

    /// <summary>Whether a language, or one that it is a variant of, has all texts built in.</summary>
    public static bool Has(string language)
    {
        try
        {
            for (var culture = CultureInfo.GetCultureInfo(language, predefinedOnly: true); culture.Name.Length > 0; culture = culture.Parent)
            {
                if (culture.Name == "en" || Names.Contains($"messages.{culture.Name}.json", StringComparer.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }
        catch (CultureNotFoundException)
        {
            // No language; the host says so itself.
            return true;
        }

        return false;
    }

    private static IEnumerable<string> Below(Assembly assembly, string prefix) =>
        assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..]);
}
