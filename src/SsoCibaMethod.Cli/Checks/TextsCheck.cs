using System.Text;
using SsoCibaMethod.Cli.Texts;
using SsoCibaMethod.Messages;

namespace SsoCibaMethod.Cli.Checks;

/// <summary>Are the texts of the page complete, with keys that there are and the places that are filled in?</summary>
internal static class TextsCheck
{
    public const string Id = "texts";

    private const string Cure = "Mend the file; until then its last good texts are shown, or those built in.";
    private const int MostNamed = 5;

    public static CheckResult Of(ConfiguredMethods methods)
    {
        if (methods.Resources is not { } directory)
        {
            return new CheckResult(null, Id, [Finding.Ok("no resources directory: the texts built in are used (ciba texts writes them out, to be edited)")]);
        }

        var english = BuiltInTexts.Read("messages.json");
        var names = methods.All.Select(method => method.Scheme).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var files = Directory.GetFiles(directory, "messages*.json").Where(path => Path.GetFileName(path) != BuiltInTexts.Schema).Order(StringComparer.Ordinal).ToList();
        List<Finding> findings =
        [
            .. methods.FaultsOfTexts().Select(fault => Finding.OfFault(fault) is { Cure: not null } told ? told : Finding.Error(fault, Cure)),
            .. files.SelectMany(path => Judge(path, names, english)),
        ];
        return new CheckResult(null, Id, findings.Count > 0 ? findings : [Finding.Ok($"{directory}, {MetadataCheck.Count(files.Count, "file")}; no text is missing")]);
    }

    private static IEnumerable<Finding> Judge(string path, HashSet<string> methods, Dictionary<string, string> english)
    {
        var name = Path.GetFileName(path);
        if (TryRead(path, english) is not { } texts)
        {
            yield break;
        }

        if (LanguageOf(name, methods) is { } language && !BuiltInTexts.Has(language) && english.Keys.Except(texts.Keys, StringComparer.Ordinal).ToList() is { Count: > 0 } missing)
        {
            yield return Finding.Warning(
                $"{name} lacks {missing.Count} of {english.Count} texts: {Some(missing)}.", "Add them; until then they are shown in English, or in the language that this one is a variant of.");
        }

        if (texts.Where(text => Places(text.Value) < Places(english[text.Key])).Select(text => text.Key).ToList() is { Count: > 0 } unfilled)
        {
            yield return Finding.Warning($"{name}: {Some(unfilled)} without {{0}}, so what belongs there is not shown.", "Put {0} where it shall stand; resources/README.md says what it is.");
        }
    }

    // What cannot be read was told by the host's own reader.
    private static Dictionary<string, string>? TryRead(string path, Dictionary<string, string> english)
    {
        try
        {
            return MessageFile.Read(path, File.ReadAllBytes(path), english);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    // A method's own file may hold a single text.
    private static string? LanguageOf(string file, HashSet<string> methods) => file.Split('.') is ["messages", var part, "json"] && !methods.Contains(part) ? part : null;

    private static int Places(string text) => CompositeFormat.Parse(text).MinimumArgumentCount;

    private static string Some(List<string> keys) => string.Join(", ", keys.Take(MostNamed)) + (keys.Count > MostNamed ? $" and {keys.Count - MostNamed} more" : "");
}
