using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace SsoCibaMethod.Methods;

/// <summary>
/// A JSON value that is a setting. <c>ciba.json</c> keeps it whole; any other source of configuration flattens it into texts, from which it is put together
/// again: what reads as a number, true or false becomes one. A text that must stay a text there can be had by writing the whole value as JSON in one text.
/// </summary>
internal static partial class ConfiguredJson
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads the value at a section and below it.</summary>
    /// <returns>The value; <see langword="null"/> where there is none that is JSON.</returns>
    public static JsonNode? Read(IConfigurationSection section)
    {
        JsonNode? whole = null;
        if (section.Value is { Length: > 0 } text && (whole = Parse(text)) is null)
        {
            return null;
        }

        var below = section.GetChildren().Any() ? Below(section) : null;
        if (whole is JsonObject members && below is JsonObject others)
        {
            // The environment or the command line adds to what the file says, or changes it.
            foreach (var (name, value) in others.ToList())
            {
                members[name] = value?.DeepClone();
            }

            return members;
        }

        return whole ?? below;
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: Lenient);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode? Any(IConfigurationSection section) => section.GetChildren().Any() ? Below(section) : Leaf(section.Value);

    private static JsonNode Below(IConfigurationSection section)
    {
        var children = section.GetChildren().OrderBy(child => child.Key, ConfigurationKeyComparer.Instance).ToList();
        return children.Select((child, i) => child.Key == $"{i}").All(isInOrder => isInOrder)
            ? new JsonArray([.. children.Select(Any)])
            : new JsonObject(children.Select(child => KeyValuePair.Create(child.Key, Any(child))));
    }

    private static JsonNode? Leaf(string? value) => value switch
    {
        null => null,
        "True" or "true" => JsonValue.Create(true),
        "False" or "false" => JsonValue.Create(false),
        _ when Number().IsMatch(value) => JsonNode.Parse(value),
        _ => JsonValue.Create(value),
    };

    // RFC 8259 §6. A leading zero makes a text, such as a phone number.
    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
