using System.Text;
using System.Text.Json;

namespace SsoCibaMethod.Client;

/// <summary>A compact JWE taken apart: five parts, a header without repeated members, nothing believed yet (RFC 7516 §3.1).</summary>
internal sealed class CompactJwe : IDisposable
{
    /// <summary>The longest signed token, encrypted, with a header of its own. Longer than any that means well.</summary>
    public const int MaximumLength = (CompactJwt.MaximumLength / 3 * 4) + (16 * 1024);

    private readonly JsonDocument _header;

    private CompactJwe(JsonDocument header, byte[] authenticated, byte[][] parts)
    {
        _header = header;
        AuthenticatedData = authenticated;
        (EncryptedKey, InitializationVector, Ciphertext, AuthenticationTag) = (parts[0], parts[1], parts[2], parts[3]);
    }

    public JsonElement Header => _header.RootElement;

    /// <summary>The header as it was sent, which the tag covers too.</summary>
    public byte[] AuthenticatedData { get; }

    public byte[] EncryptedKey { get; }

    public byte[] InitializationVector { get; }

    public byte[] Ciphertext { get; }

    public byte[] AuthenticationTag { get; }

    /// <summary>Whether the text has the five parts of a JWE, however bad they are.</summary>
    public static bool IsOne(string token) => token.AsSpan().Count('.') == 4;

    public static CompactJwe? TryParse(string token)
    {
        if (token.Length > MaximumLength || !IsOne(token))
        {
            return null;
        }

        var texts = token.Split('.');
        var parts = texts[1..].Select(text => JwtPart.Bytes(text)).ToArray();
        return parts.Contains(null) || JwtPart.Object(texts[0]) is not { } header
            ? null
            : new CompactJwe(header, Encoding.ASCII.GetBytes(texts[0]), parts!);
    }

    public void Dispose() => _header.Dispose();
}
