using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace SsoCibaMethod.Methods;

/// <summary>In which line of a JSON file each setting stands, by its key in configuration.</summary>
internal sealed class JsonLines
{
    // No key of configuration can be this.
    private const string InList = "\0";

    private readonly Dictionary<string, int> _lines = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The first key that stands in the file twice, and the line of the second; the line of the first is <see cref="Of"/>.</summary>
    public (string Key, int Line)? Twice { get; private set; }

    public int? Of(string key) => _lines.TryGetValue(key, out var line) ? line : null;

    /// <summary>Reads a file that may have comments and commas too many.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonLines Read(ReadOnlySpan<byte> content)
    {
        var utf8 = content.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var lines = new JsonLines();
        var above = new Stack<string>();
        var (prefix, name, counted, line) = ("", "", 0, 1);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    var at = (int)reader.TokenStartIndex;
                    line += utf8[counted..at].Count((byte)'\n');
                    counted = at;
                    name = prefix.Length == 0 ? reader.GetString()! : ConfigurationPath.Combine(prefix, reader.GetString()!);
                    lines.Add(name, line, isInList: above.Contains(InList));
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    above.Push(reader.TokenType == JsonTokenType.StartArray ? InList : prefix);
                    above.Push(prefix);
                    prefix = name;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    name = prefix;
                    prefix = above.Pop();
                    _ = above.Pop();
                    break;
            }
        }

        return lines;
    }

    private void Add(string key, int line, bool isInList)
    {
        if (!_lines.TryAdd(key, line) && !isInList)
        {
            Twice ??= (key, line);
        }
    }
}
