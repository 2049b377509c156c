using System.Text.Json;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Requests;

/// <summary>
/// The parameters of an authentication request, whichever way they came: in a form all of them are text, JSON included;
/// in a signed request (CIBA Core §7.1.1) extensions may be JSON of any kind. An empty text counts as absent.
/// </summary>
internal sealed class RequestParameters
{
    private readonly Dictionary<string, JsonElement> _values;

    private RequestParameters(Dictionary<string, JsonElement> values, bool signed)
    {
        _values = values;
        IsSigned = signed;
    }

    public bool IsSigned { get; }

    public static RequestParameters Of(ProtocolForm form) => new(
        form.Names.ToDictionary(
            name => name,
            name => JsonSerializer.SerializeToElement(form.All(name) is { Count: > 1 } many ? (object)many : form[name]),
            StringComparer.Ordinal),
        signed: false);

    public static RequestParameters OfClaims(JsonElement claims) => new(
        claims.EnumerateObject()
            .Where(claim => claim.Value.ValueKind is not JsonValueKind.String || claim.Value.GetString() is not "")
            .ToDictionary(claim => claim.Name, claim => claim.Value, StringComparer.Ordinal),
        signed: true);

    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>The text of a parameter, or <see langword="null"/> for one that is absent or no text.</summary>
    public string? Text(string name) =>
        _values.TryGetValue(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    /// <summary>A parameter that may be a number where JSON has numbers, and is text elsewhere.</summary>
    public string? TextOrNumber(string name) =>
        IsSigned && _values.TryGetValue(name, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetRawText() : Text(name);

    /// <summary>A parameter that may be repeated: the values, or <see langword="null"/> if one of them is no text.</summary>
    public IReadOnlyList<string>? Texts(string name) =>
        !_values.TryGetValue(name, out var value) ? []
        : value.ValueKind is JsonValueKind.String ? [value.GetString()!]
        : value.ValueKind is JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
        : null;

    /// <summary>A parameter that is JSON of one kind: as such in a signed request, as its text in a form. <see langword="null"/> if it is neither, or absent.</summary>
    public JsonElement? Json(string name, JsonValueKind kind)
    {
        var value = !IsSigned ? Parsed(Text(name)) : _values.TryGetValue(name, out var claim) ? claim : null;
        return value?.ValueKind == kind ? value : null;
    }

    private static JsonElement? Parsed(string? text)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
