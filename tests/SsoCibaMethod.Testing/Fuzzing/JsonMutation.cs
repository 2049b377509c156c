using System.Text;

namespace SsoCibaMethod.Testing.Fuzzing;

/// <summary>Changes one value or member of a JSON text and leaves the rest well-formed: what a mutation of bytes hardly ever reaches. Some changes change nothing it says.</summary>
public static class JsonMutation
{
    public static byte[] Of(FuzzRandom random, byte[] json)
    {
        if (JsonSpot.In(json) is not { Count: > 0 } spots)
        {
            return json;
        }

        var spot = random.Pick(spots);
        var value = json[spot.Start..spot.End];
        return random.Below(12) switch
        {
            0 or 1 or 2 => Put(json, spot, Encoding.UTF8.GetBytes(random.Pick(Spice.Values))),
            3 => Put(json, spot, [.. "["u8, .. value, .. "]"u8]),
            4 => Put(json, spot, [.. "{\"a\":"u8, .. value, .. "}"u8]),
            5 when value is [(byte)'"', _, .., (byte)'"'] => Put(json, spot, Escape(random, value)),
            5 => Put(json, spot, [.. "\""u8, .. value, .. "\""u8]),
            6 when random.Pick(spots) is var other => Put(json, spot, json[other.Start..other.End]),
            7 => Put(json, spot, [.. random.Pick(" "u8.ToArray(), "\n\t\r "u8.ToArray()), .. value, .. " "u8]),
            8 when spot.IsMember => Remove(json, spot),
            9 when spot.IsMember => [.. json[..spot.NameStart], .. json[spot.NameStart..spot.NameEnd], .. ":"u8, .. random.OneIn(2) ? value : Encoding.UTF8.GetBytes(random.Pick(Spice.Values)), .. ","u8, .. json[spot.NameStart..]],
            10 when spot.IsMember => [.. json[..spot.NameStart], .. Name(random), .. json[spot.NameEnd..]],
            11 when spot.IsMember => [.. json[..spot.NameStart], .. Name(random), .. ":"u8, .. Encoding.UTF8.GetBytes(random.Pick(Spice.Values)), .. ","u8, .. json[spot.NameStart..]],
            _ => Put(json, spot, Encoding.UTF8.GetBytes(random.Pick(Spice.Values))),
        };
    }

    private static byte[] Put(byte[] json, JsonSpot spot, byte[] value) => [.. json[..spot.Start], .. value, .. json[spot.End..]];

    private static byte[] Name(FuzzRandom random) => Encoding.UTF8.GetBytes($"\"{random.Pick(Spice.Names)}\"");

    // With the comma after it; the last member of an object leaves the one before it dangling, which is no JSON.
    private static byte[] Remove(byte[] json, JsonSpot spot)
    {
        var end = spot.End < json.Length && json[spot.End] == ',' ? spot.End + 1 : spot.End;
        return [.. json[..spot.NameStart], .. json[end..]];
    }

    // The same text, spelt otherwise (RFC 8259 §7).
    private static byte[] Escape(FuzzRandom random, byte[] text)
    {
        var at = 1 + random.Below(text.Length - 2);
        return text[at] is >= (byte)' ' and < 0x7F and not (byte)'\\' && text[at - 1] != '\\'
            ? [.. text[..at], .. Encoding.ASCII.GetBytes($"\\u{(int)text[at]:x4}"), .. text[(at + 1)..]]
            : text;
    }
}
