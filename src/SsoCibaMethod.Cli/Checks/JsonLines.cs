using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace SsoCibaMethod.Cli.Checks;

/// <summary>The line of each member of a JSON file, by its name as configuration has it.</summary>
internal static class JsonLines
{
    public static Dictionary<string, int> Read(string file)
    {
        var lines = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        try
        {
            var content = File.ReadAllBytes(file).AsSpan();
            Read(content.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content, lines);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            // What is wrong with the file is told by who reads it for what it says.
        }

        return lines;
    }

    private static void Read(ReadOnlySpan<byte> content, Dictionary<string, int> lines)
    {
        var reader = new Utf8JsonReader(content, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var path = new Stack<string>();
        var (line, counted) = (1, 0);
        var name = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    var start = (int)reader.TokenStartIndex;
                    line += content[counted..start].Count((byte)'\n');
                    counted = start;
                    name = reader.GetString()!;
                    lines[path.Count == 0 || path.Peek().Length == 0 ? name : ConfigurationPath.Combine(path.Peek(), name)] = line;
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    path.Push(path.Count == 0 ? "" : path.Peek().Length == 0 ? name : ConfigurationPath.Combine(path.Peek(), name));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _ = path.Pop();
                    break;
            }
        }
    }
}
