using System.Text.RegularExpressions;

namespace SsoCibaMethod.Tests.Documentation;

/// <summary>A page of the repository: its links, its headings, the words it marks as code, the rows of its tables.</summary>
internal sealed partial class MarkdownPage
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", ".git", "TestResults"];

    private MarkdownPage(string path)
    {
        Path = path;
        Text = File.ReadAllText(System.IO.Path.Combine(Repository.Root, path));
        Prose = Fence().Replace(Text, "");
    }

    /// <summary>All that are there.</summary>
    public static IReadOnlyList<MarkdownPage> All { get; } = [.. Find(Repository.Root).Select(path => Of(System.IO.Path.GetRelativePath(Repository.Root, path)))];

    /// <summary>From the root of the repository.</summary>
    public string Path { get; }

    public string Text { get; }

    /// <summary>The text without its blocks of code.</summary>
    public string Prose { get; }

    /// <summary>Where its links lead, as written; those to other sites apart.</summary>
    public IEnumerable<string> Links => Link().Matches(Code().Replace(Prose, "")).Select(link => link.Value).Where(link => !link.Contains(':', StringComparison.Ordinal));

    /// <summary>What stands between backticks.</summary>
    public IEnumerable<string> Words => Code().Matches(Prose).Select(code => code.Value.Trim('`'));

    /// <summary>The drawings.</summary>
    public IEnumerable<string> Drawings => Fence().Matches(Text).Select(block => block.Value).Where(block => block.StartsWith("```mermaid", StringComparison.Ordinal));

    /// <summary>What a link can lead to within the page.</summary>
    public IReadOnlySet<string> Anchors => Heading().Matches(Prose).Select(heading => Slug(heading.Value)).ToHashSet(StringComparer.Ordinal);

    public static MarkdownPage Of(string path) => new(path);

    /// <summary>The rows of the tables whose head begins with a word, cell by cell.</summary>
    public IEnumerable<string[]> Rows(string head)
    {
        var isIn = false;
        foreach (var line in Prose.Split('\n').Select(line => line.Trim()))
        {
            if (!line.StartsWith('|'))
            {
                isIn = false;
                continue;
            }

            var cells = line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray();
            if (isIn && !cells[0].StartsWith("---", StringComparison.Ordinal))
            {
                yield return cells;
            }

            isIn |= cells[0] == head;
        }
    }

    public override string ToString() => Path;

    private static IEnumerable<string> Find(string directory) => Directory.EnumerateFiles(directory, "*.md")
        .Concat(Directory.EnumerateDirectories(directory).Where(below => !NotOurs.Contains(System.IO.Path.GetFileName(below))).SelectMany(Find));

    // As the site of the repository makes them.
    private static string Slug(string heading) => NotInAnchors().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"^```[\s\S]*?^```", RegexOptions.Multiline, 5000)]
    private static partial Regex Fence();

    [GeneratedRegex("`[^`\n]+`", RegexOptions.None, 5000)]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<=\]\()[^)\s]+(?=\))|(?<=\bsrc="")[^""]+", RegexOptions.None, 5000)]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<=^#{1,6} ).+", RegexOptions.Multiline, 5000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.None, 5000)]
    private static partial Regex NotInAnchors();
}
