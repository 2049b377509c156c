using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace SsoCibaMethod.Client;

/// <summary>A compact JWS taken apart: three parts, two JSON objects without repeated members, nothing believed yet (RFC 7515 §3.1).</summary>
internal sealed class CompactJwt : IDisposable
{
    /// <summary>Longer than any ID token that means well.</summary>
    public const int MaximumLength = 256 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    private readonly JsonDocument _header;
    private readonly JsonDocument _payload;

    private CompactJwt(JsonDocument header, JsonDocument payload, byte[] signed, byte[] signature)
    {
        _header = header;
        _payload = payload;
        Signed = signed;
        Signature = signature;
    }

    public JsonElement Header => _header.RootElement;

    public JsonElement Payload => _payload.RootElement;

    /// <summary>The bytes the signature is over.</summary>
    public byte[] Signed { get; }

    public byte[] Signature { get; }

    public static CompactJwt? TryParse(string token)
    {
        var first = token.IndexOf('.', StringComparison.Ordinal);
        var last = token.LastIndexOf('.');
        if (token.Length > MaximumLength || first <= 0 || last == first || token.AsSpan(first + 1, last - first - 1).Contains('.'))
        {
            return null;
        }

        var header = Object(token.AsSpan(0, first));
        var payload = Object(token.AsSpan(first + 1, last - first - 1));
        if (header is null || payload is null || Decode(token.AsSpan(last + 1)) is not { } signature)
        {
            header?.Dispose();
            payload?.Dispose();
            return null;
        }

        return new CompactJwt(header, payload, Encoding.ASCII.GetBytes(token[..last]), signature);
    }

    public void Dispose()
    {
        _header.Dispose();
        _payload.Dispose();
    }

    private static JsonDocument? Object(ReadOnlySpan<char> part)
    {
        try
        {
            if (Decode(part) is not { } bytes)
            {
                return null;
            }

            var document = JsonDocument.Parse(bytes, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, a member twice, or a name that is no text (an escaped lone surrogate).
        }

        return null;
    }

    private static byte[]? Decode(ReadOnlySpan<char> part)
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

    private static readonly System.Buffers.SearchValues<char> Base64UrlAlphabet =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}
