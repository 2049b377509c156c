using System.Text;
using System.Text.Json;
using SsoCibaMethod.Methods;

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
    public static Dictionary<string, string> Read(string name, ReadOnlySpan<byte> content, IReadOnlyDictionary<string, string>? english) =>
        TryRead(name, content, english, out var fault) ?? throw new InvalidDataException(fault!.ToString());

    /// <summary>Reads a file; where it has a fault, tells which, and gives <see langword="null"/>.</summary>
    public static Dictionary<string, string>? TryRead(string name, ReadOnlySpan<byte> content, IReadOnlyDictionary<string, string>? english, out SettingFault? fault)
    {
        fault = null;
        var utf8 = content.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                fault = Fault(name, utf8, 0, null, "the file is not a JSON object");
                return null;
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

                var problem = reader.TokenType != JsonTokenType.String ? $"{key} is not a text in quotes"
                    : FaultOf(key, reader.GetString()!, english) ?? (texts.TryAdd(key, reader.GetString()!) ? null : $"{key} stands there twice; leave one of the two out");
                if (problem is not null)
                {
                    fault = Fault(name, utf8, start, key, problem);
                    return null;
                }
            }

            _ = reader.Read();
        }
        catch (JsonException exception)
        {
            fault = new SettingFault("not valid JSON; look there, or just before, for a missing quotation mark or comma.", File: name, Line: (int?)exception.LineNumber + 1);
            return null;
        }
        catch (InvalidOperationException)
        {
            fault = new SettingFault("the file is not valid UTF-8; save it as UTF-8.", File: name);
            return null;
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
            return $"{key} is no key; did you mean {CibaSettings.Nearest(key, english.Keys)}?";
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

    private static SettingFault Fault(string name, ReadOnlySpan<byte> content, int offset, string? key, string problem) =>
        new($"{problem}.", Setting: key, File: name, Line: content[..offset].Count((byte)'\n') + 1);
}
