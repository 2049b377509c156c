using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>A compact JWS (RFC 7515 §7.1), read and verified with the platform's cryptography alone, so that a shared misunderstanding of a library cannot hide.</summary>
internal sealed class Jws
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly byte[] _signed;
    private readonly byte[] _signature;

    private Jws(JsonObject header, JsonObject claims, byte[] signed, byte[] signature)
    {
        Header = new JwsPart(header);
        Claims = new JwsPart(claims);
        _signed = signed;
        _signature = signature;
    }

    public JwsPart Header { get; }

    public JwsPart Claims { get; }

    public static Jws? TryParse(string? text)
    {
        if (text?.Split('.') is not [var header, var claims, var signature])
        {
            return null;
        }

        try
        {
            return Part(header) is { } first && Part(claims) is { } second
                ? new Jws(first, second, Encoding.ASCII.GetBytes($"{header}.{claims}"), Base64Url.DecodeFromChars(signature))
                : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    public bool IsSignedBy(ClientKey key) => key.Verify(Header.Text("alg"), _signed, _signature);

    private static JsonObject? Part(string encoded) => JsonNode.Parse(Base64Url.DecodeFromChars(encoded), null, Strict) as JsonObject;
}

/// <summary>The header or the claims of a JWS; a member of the wrong kind reads as absent.</summary>
internal sealed class JwsPart(JsonObject json)
{
    public JsonObject Json => json;

    public bool Has(string name) => json.ContainsKey(name);

    public string? Text(string name) => json[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public long? Number(string name) =>
        json[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<long>(out var number) ? number : null;
}
