using System.Text.Json;

namespace SsoCibaMethod.Tests.Documentation;

/// <summary>The tables of resources/README.md: each text once, and what is filled in is told where something is.</summary>
public class TextTableTests
{
    private static readonly Dictionary<string, string> Texts = JsonDocument.Parse(Repository.Read("resources", "messages.json"), new() { CommentHandling = JsonCommentHandling.Skip })
        .RootElement.EnumerateObject().Where(text => text.Name != "$schema").ToDictionary(text => text.Name, text => text.Value.GetString()!, StringComparer.Ordinal);

    private static readonly string[][] Rows = [.. MarkdownPage.Of(Path.Join("resources", "README.md")).Rows("key")];

    [Fact]
    public void Each_key_has_one_row_and_nothing_else_has() =>
        Assert.Equal(Texts.Keys.Order(StringComparer.Ordinal), Rows.Select(row => row[0].Trim('`')).Order(StringComparer.Ordinal));

    [Fact]
    public void What_is_filled_in_is_told() => Assert.All(Rows, row =>
    {
        // "The same" begins where the row before has said it.
        var isFilled = Texts[row[0].Trim('`')].Contains("{0}", StringComparison.Ordinal);
        Assert.True(isFilled == row[1].Contains("`{0}`", StringComparison.Ordinal) || (isFilled && row[1].StartsWith("The same", StringComparison.Ordinal)), row[0]);
    });
}
