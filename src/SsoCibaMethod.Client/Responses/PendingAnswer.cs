using System.Text;
using System.Text.Json;

namespace SsoCibaMethod.Client;

/// <summary>
/// Knows the answer that nearly every poll gets, a flat object whose error is <c>authorization_pending</c>, without making a document of it.
/// Whatever is less plain than that is for <see cref="JsonAnswer"/>.
/// </summary>
internal static class PendingAnswer
{
    // An OP that says more than this has more to say than "pending".
    private const int MostMembers = 8;

    public static bool Is(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && IsPending(ref reader, json) && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Up to the end of the object.
    private static bool IsPending(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        Span<Range> names = stackalloc Range[MostMembers];
        var isPending = false;
        for (var count = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; count++)
        {
            var name = reader.ValueSpan;
            if (count == MostMembers || reader.ValueIsEscaped || !Ascii.IsValid(name))
            {
                return false;
            }

            foreach (var earlier in names[..count])
            {
                if (json[earlier].SequenceEqual(name))
                {
                    return false;
                }
            }

            // Behind the quotation mark it begins with.
            var begin = (int)reader.TokenStartIndex + 1;
            names[count] = begin..(begin + name.Length);
            _ = reader.Read();
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                return false;
            }

            if (name.SequenceEqual("error"u8))
            {
                isPending = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("authorization_pending"u8);
            }
        }

        return isPending && reader.TokenType == JsonTokenType.EndObject;
    }
}
