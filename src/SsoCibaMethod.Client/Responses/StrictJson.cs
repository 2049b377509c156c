using System.Text.Json;
using System.Text.Unicode;

namespace SsoCibaMethod.Client;

/// <summary>
/// Reads JSON that says one thing, and the same to everybody who reads it after us: UTF-8, no member twice, no text with half a surrogate pair (RFC 7493 §2).
/// What is let through here can be written again: into a store, a log or a session.
/// </summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <returns>The document, nothing in it believed yet; <see langword="null"/> where it breaks a rule.</returns>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> json)
    {
        var document = TryParseUnread(json);
        if (document is null || AreTexts(json.Span))
        {
            return document;
        }

        document.Dispose();
        return null;
    }

    /// <returns>The same, but its texts may be none: reading one may throw.</returns>
    public static JsonDocument? TryParseUnread(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json, Strict);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter for a name that is no text.
            return null;
        }
    }

    // The platform's reader looks at a text only when it is asked for.
    private static bool AreTexts(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return false;
        }

        if (json.IndexOf("\\u"u8) < 0)
        {
            return true;
        }

        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                if (reader.ValueIsEscaped)
                {
                    _ = reader.GetString();
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate.
            return false;
        }
    }
}
