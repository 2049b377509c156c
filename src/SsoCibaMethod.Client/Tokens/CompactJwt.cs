using System.Text;
using System.Text.Json;

namespace SsoCibaMethod.Client;

/// <summary>A compact JWS taken apart: three parts, two JSON objects without repeated members, nothing believed yet (RFC 7515 §3.1).</summary>
internal sealed class CompactJwt : IDisposable
{
    /// <summary>Longer than any ID token that means well.</summary>
    public const int MaximumLength = 256 * 1024;

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
        if (token.Length > MaximumLength || last == first)
        {
            return null;
        }

        // An empty part is no JSON object, nor is one with a further dot in it.
        var header = JwtPart.Object(token.AsSpan(0, first));
        var payload = JwtPart.Object(token.AsSpan(first + 1, last - first - 1));
        if (header is null || payload is null || JwtPart.Bytes(token.AsSpan(last + 1)) is not { } signature)
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
}
