using System.Text.Json;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Client;

/// <summary>The texts inside JSON that an OP's error must not carry into a log.</summary>
internal static class PersonalTexts
{
    // Taking "fi" or "EUR" out of an error would hide nobody's secret, only the error.
    private const int Shortest = 4;

    /// <summary>Every text and number of use, the whole included.</summary>
    /// <exception cref="InvalidOperationException">A text in it is none: an escaped lone surrogate.</exception>
    public static IReadOnlyList<string> In(JsonNode value)
    {
        var found = new List<string> { RequestMember.Text(value) };
        Collect(value, found);
        return [.. found.Where(text => text.Length >= Shortest).Distinct(StringComparer.Ordinal)];
    }

    private static void Collect(JsonNode? node, List<string> found)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    // A type is the word of a specification (RFC 9396 §2), and what the error is about.
                    Collect(value, name == "type" ? [] : found);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Collect(item, found);
                }

                break;
            case JsonValue when node.GetValueKind() is JsonValueKind.String or JsonValueKind.Number:
                found.Add(RequestMember.Text(node));
                break;
        }
    }
}
