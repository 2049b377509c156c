using System.Text.RegularExpressions;

namespace SsoCibaMethod.Tests.Documentation;

/// <summary>What the sources of the repository have, read as text: the tests of other projects are not in this process.</summary>
internal static partial class Sources
{
    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true };

    private static readonly Lazy<ILookup<string, string>> TypesOfSrc = new(() => Types("src"));

    private static readonly Lazy<ILookup<string, string>> TypesOfTests = new(() => Types("tests"));

    /// <summary>The texts of the files that declare a type.</summary>
    public static IEnumerable<string> OfType(string name) => TypesOfSrc.Value[name].Concat(TypesOfTests.Value[name]);

    /// <summary>Whether a project, or a folder of one, is called so.</summary>
    public static bool HasRoom(string name) => Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src"))
        .SelectMany(project => Directory.EnumerateDirectories(project).Append(project))
        .Any(folder => Path.GetFileName(folder).Split('.').Contains(name));

    /// <summary>Whether a test class has a test of this name.</summary>
    public static bool HasTest(string name) => name.Split('.') is [var type, var method] && TypesOfTests.Value[type].Any(file => IsTest(file, method));

    private static bool IsTest(string file, string method) =>
        Regex.IsMatch(file, $@"\[\w*(Fact|Theory)\b(?:(?!\bpublic\b)[\s\S])*public (async )?(Task|void|ValueTask) {Regex.Escape(method)}\(", RegexOptions.None, TimeSpan.FromSeconds(5));

    // Components are types of the name of their file.
    private static ILookup<string, string> Types(string folder) => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", Everywhere)
        .Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal))
        .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .SelectMany(path => File.ReadAllText(path) is var text && path.EndsWith(".razor", StringComparison.Ordinal)
            ? [(Name: Path.GetFileNameWithoutExtension(path), Text: text)]
            : Declaration().Matches(text).Select(type => (Name: type.Value, Text: text)))
        .ToLookup(type => type.Name, type => type.Text, StringComparer.Ordinal);

    [GeneratedRegex(@"(?<=\b(?:class|struct|interface|enum|record) )[A-Z]\w*", RegexOptions.None, 5000)]
    private static partial Regex Declaration();
}
