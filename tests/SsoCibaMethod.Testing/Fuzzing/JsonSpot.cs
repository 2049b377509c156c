using System.Runtime.InteropServices;
using System.Text.Json;

namespace SsoCibaMethod.Testing.Fuzzing;

/// <summary>Where a value stands in a JSON text, and where the name does that it belongs to.</summary>
/// <param name="NameStart">The first byte of the name; negative where the value is no member's.</param>
/// <param name="NameEnd">The byte after the name.</param>
/// <param name="Start">The first byte of the value.</param>
/// <param name="End">The byte after the value.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JsonSpot(int NameStart, int NameEnd, int Start, int End)
{
    public bool IsMember => NameStart >= 0;

    /// <summary>All values of a text; none where it is no JSON.</summary>
    public static IReadOnlyList<JsonSpot> In(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var found = new List<JsonSpot>();
        var open = new Stack<JsonSpot>();
        var name = (Start: -1, End: -1);
        try
        {
            while (reader.Read())
            {
                var (start, end) = ((int)reader.TokenStartIndex, (int)reader.BytesConsumed);
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        // What was consumed includes the colon.
                        name = (start, start + reader.ValueSpan.Length + 2);
                        continue;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        open.Push(new JsonSpot(name.Start, name.End, start, end));
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        found.Add(open.Pop() with { End = end });
                        break;
                    default:
                        found.Add(new JsonSpot(name.Start, name.End, start, end));
                        break;
                }

                name = (-1, -1);
            }

            return found;
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
