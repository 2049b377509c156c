using System.Text.Json;

namespace SsoCibaMethod.Client;

/// <summary>Reads members of a JWT, each <see langword="null"/> where it is absent or not of its type.</summary>
internal static class ClaimValue
{
    public static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? Text(value) : null;

    public static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static List<string>? Audiences(JsonElement claims)
    {
        // One that is absent is of no kind, so no text either.
        _ = claims.TryGetProperty("aud", out var audience);
        var values = audience.ValueKind == JsonValueKind.Array ? [.. audience.EnumerateArray()] : new List<JsonElement> { audience };
        var texts = values.ConvertAll(Text);
        return texts.Contains(null) ? null : [.. texts.OfType<string>()];
    }

    public static DateTimeOffset? NumericDate(JsonElement claims, string name)
    {
        const double Latest = 253_402_300_799; // the end of the year 9999
        return claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var seconds) && seconds is >= 0 and <= Latest
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;
    }
}
