using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Wire;

/// <summary>A signed JWT somebody sent: readable, with no member twice, and nothing believed until <see cref="IsSignedByAsync"/> says so.</summary>
internal sealed class StrictJwt
{
    private static readonly JsonWebTokenHandler Handler = new();
    private readonly JsonWebToken _token;
    private readonly JsonElement _header;

    private StrictJwt(JsonWebToken token, JsonElement header, JsonElement claims)
    {
        _token = token;
        _header = header;
        Claims = claims;
    }

    public JsonElement Claims { get; }

    public string? Type => HeaderText("typ");

    public string? Algorithm => HeaderText("alg");

    public string? KeyId => HeaderText("kid");

    /// <summary>Gets a value indicating whether a header must be understood to read on; none is (RFC 7515 §4.1.11).</summary>
    public bool IsCritical => _header.TryGetProperty("crit", out _);

    public static StrictJwt? Parse(string? jwt)
    {
        try
        {
            // Three parts, never the five of an encrypted one.
            return jwt is not null && jwt.AsSpan().Count('.') == 2 && new JsonWebToken(jwt) is var token
                && Object(token.EncodedHeader) is { } header && Object(token.EncodedPayload) is { } claims
                ? new(token, header, claims)
                : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or JsonException or SecurityTokenException)
        {
            return null;
        }
    }

    public JsonElement? Header(string name) => _header.TryGetProperty(name, out var value) ? value : null;

    public string? Text(string name) =>
        Claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    public bool Has(string name) => Claims.TryGetProperty(name, out _);

    public long? Seconds(string name) =>
        Claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number)
            && number is >= 0 and < 253402300799
            ? (long)number
            : null;

    /// <summary>Whether one of the keys made the signature, by one of the algorithms. Everything else is the caller's to check.</summary>
    public async Task<bool> IsSignedByAsync(IEnumerable<SecurityKey> keys, IEnumerable<string> algorithms)
    {
        var fitting = keys.Where(key => string.IsNullOrEmpty(KeyId) || string.IsNullOrEmpty(key.KeyId) || key.KeyId == KeyId).ToArray();
        var result = await Handler.ValidateTokenAsync(_token, new TokenValidationParameters
        {
            IssuerSigningKeyResolver = (_, _, _, _) => fitting,
            ValidAlgorithms = algorithms,
            TryAllIssuerSigningKeys = false,
            ValidateAudience = false,
            ValidateIssuer = false,
            ValidateLifetime = false,
        });
        return result.IsValid;
    }

    private string? HeaderText(string name) =>
        Header(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static JsonElement? Object(string encoded)
    {
        using var document = JsonDocument.Parse(
            Base64UrlEncoder.DecodeBytes(encoded), new JsonDocumentOptions { AllowDuplicateProperties = false });
        return document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : null;
    }
}
