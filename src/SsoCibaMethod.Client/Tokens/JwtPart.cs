using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace SsoCibaMethod.Client;

/// <summary>Reads one part of a compact JWS or JWE strictly; <see langword="null"/> where it breaks a rule.</summary>
internal static class JwtPart
{
    private static readonly SearchValues<char> Base64UrlAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>A JSON object without repeated members, nothing believed yet.</summary>
    public static JsonDocument? Object(ReadOnlySpan<char> part)
    {
        var document = Bytes(part) is { } bytes ? StrictJson.TryParse(bytes) : null;
        if (document?.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        document?.Dispose();
        return null;
    }

    public static byte[]? Bytes(ReadOnlySpan<char> part)
    {
        // No padding, no white space, no other alphabet (RFC 7515 §2).
        if (part.ContainsAnyExcept(Base64UrlAlphabet))
        {
            return null;
        }

        try
        {
            return Base64Url.DecodeFromChars(part);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
