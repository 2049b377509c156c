using System.Text.Json;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Client;

/// <summary>Reads a JSON object strictly: one object, no member twice, each member of its type. A fault names the member.</summary>
internal readonly struct JsonAnswer : IDisposable
{
    // The longest seen in the field is an encrypted JWT of some kilobytes.
    private const int MaximumAuthReqId = 8 * 1024;

    private readonly JsonDocument _document;

    private JsonAnswer(JsonDocument document) => _document = document;

    private JsonElement Root => _document.RootElement;

    public static JsonAnswer? TryParse(ReadOnlyMemory<byte> body, out string fault)
    {
        var document = StrictJson.TryParse(body);
        if (document?.RootElement.ValueKind == JsonValueKind.Object)
        {
            fault = "";
            return new JsonAnswer(document);
        }

        fault = document is null ? "not one well-formed JSON object with each member once" : "JSON, but not an object";
        document?.Dispose();
        return null;
    }

    /// <summary>
    /// The same for an answer that may be an error: an OP that spells its <c>error_description</c> badly has refused all the same, and nothing of it is handed on.
    /// </summary>
    public static JsonAnswer? TryParseRefusal(ReadOnlyMemory<byte> body)
    {
        var document = StrictJson.TryParseUnread(body);
        if (document?.RootElement.ValueKind == JsonValueKind.Object)
        {
            return new JsonAnswer(document);
        }

        document?.Dispose();
        return null;
    }

    public bool Has(string name) => Root.TryGetProperty(name, out _);

    /// <summary>The member <c>auth_req_id</c>, opaque, within a length that can be kept and sent back.</summary>
    public string? AuthReqId(ref string? fault)
    {
        var value = RequiredText("auth_req_id", ref fault);
        if (value?.Length > MaximumAuthReqId)
        {
            fault ??= $"the member auth_req_id is longer than {MaximumAuthReqId} characters";
        }

        return value;
    }

    /// <summary>The member as a text; <see langword="null"/> with a fault where it is absent, empty or of another type.</summary>
    public string? RequiredText(string name, ref string? fault)
    {
        var value = Text(name, ref fault);
        if (string.IsNullOrEmpty(value))
        {
            fault ??= $"the member {name} is missing or empty";
            return null;
        }

        return value;
    }

    /// <summary>The member as a text; <see langword="null"/> where it is absent; a fault where it is of another type.</summary>
    public string? Text(string name, ref string? fault)
    {
        if (!Root.TryGetProperty(name, out var element))
        {
            return null;
        }

        if (element.ValueKind != JsonValueKind.String)
        {
            fault ??= $"the member {name} is not a string";
            return null;
        }

        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            // In a refusal alone: an escaped lone surrogate is JSON, but no text.
            fault ??= $"the member {name} is not a valid text";
            return null;
        }
    }

    /// <summary>The member as an array; <see langword="null"/> where it is absent; a fault where it is of another type.</summary>
    public JsonArray? Array(string name, ref string? fault)
    {
        if (!Root.TryGetProperty(name, out var element))
        {
            return null;
        }

        if (element.ValueKind != JsonValueKind.Array)
        {
            fault ??= $"the member {name} is not an array";
            return null;
        }

        return JsonArray.Create(element.Clone());
    }

    /// <summary>The member as a duration in whole, positive seconds; <see langword="null"/> where it is absent; a fault where it is anything else.</summary>
    /// <param name="name">The member.</param>
    /// <param name="fault">Gets the fault.</param>
    /// <param name="isZeroAbsence">Whether a 0 says nothing, as if the member were not there.</param>
    public TimeSpan? Seconds(string name, ref string? fault, bool isZeroAbsence = false)
    {
        if (!Root.TryGetProperty(name, out var element) || (isZeroAbsence && element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var zero) && zero == 0))
        {
            return null;
        }

        if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt64(out var seconds) || seconds <= 0)
        {
            fault ??= $"the member {name} is not a positive integer";
            return null;
        }

        // Far beyond any lifetime, but safe to add to a clock; the configured maxima cut it further.
        return TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue));
    }

    /// <summary>The whole object, to outlive this.</summary>
    public JsonObject ToJsonObject() => JsonObject.Create(Root.Clone())!;

    public void Dispose() => _document.Dispose();
}
