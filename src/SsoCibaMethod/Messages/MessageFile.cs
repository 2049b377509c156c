using System.Text;
using System.Text.Json;

namespace SsoCibaMethod.Messages;

/// <summary>One file of texts: a flat JSON object of key and text. A fault names the file, the line and the key.</summary>
internal static class MessageFile
{
    private const int MaximumText = 4_000;

    /// <summary>Reads a file.</summary>
    /// <param name="name">What faults call it.</param>
    /// <param name="content">Its content.</param>
    /// <param name="english">The built-in English texts, which say what keys there are and how many placeholders each has; <see langword="null"/> reads those themselves.</param>
    /// <exception cref="InvalidDataException">The file has a fault.</exception>
    public static Dictionary<string, string> Read(string name, ReadOnlySpan<byte> content, IReadOnlyDictionary<string, string>? english)
    {
        var utf8 = content.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw Fault(name, utf8, 0, "the file is not a JSON object");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var start = (int)reader.TokenStartIndex;
                var key = reader.GetString()!;
                _ = reader.Read();
                if (key == "$schema")
                {
                    continue;
                }

                var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw Fault(name, utf8, start, $"{key} is not a text in quotes");
                if (FaultOf(key, text, english) is { } fault)
                {
                    throw Fault(name, utf8, start, fault);
                }

                if (!texts.TryAdd(key, text))
                {
                    throw Fault(name, utf8, start, $"{key} stands there twice");
                }
            }

            _ = reader.Read();
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{name}, line {exception.LineNumber + 1}: not valid JSON; look for a missing quotation mark or comma.", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidDataException($"{name}: the file is not valid UTF-8.", exception);
        }

        return texts;
    }

    private static string? FaultOf(string key, string text, IReadOnlyDictionary<string, string>? english)
    {
        if (text.Length > MaximumText)
        {
            return $"{key} is longer than {MaximumText} characters";
        }

        if (english?.ContainsKey(key) == false)
        {
            return $"{key} is no key; did you mean {Methods.CibaSettings.Nearest(key, english.Keys)}?";
        }

        try
        {
            var format = CompositeFormat.Parse(text);
            var known = english is null ? format.MinimumArgumentCount : CompositeFormat.Parse(english[key]).MinimumArgumentCount;
            return format.MinimumArgumentCount > known ? $"{key} has a placeholder {{{format.MinimumArgumentCount - 1}}}, but only {known} can be filled" : null;
        }
        catch (FormatException)
        {
            return $"{key} has a brace that is no placeholder; write {{{{ or }}}} for a brace itself";
        }
    }

    private static InvalidDataException Fault(string name, ReadOnlySpan<byte> content, int offset, string fault) =>
        new($"{name}, line {content[..offset].Count((byte)'\n') + 1}: {fault}.");
}
