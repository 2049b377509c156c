using System.Text.Json;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Client;

/// <summary>One member of an authentication request, before it is decided whether it travels as a form parameter or as a claim.</summary>
internal sealed record RequestMember(string Name, JsonNode Value)
{
    /// <summary>The texts in it that must appear nowhere else.</summary>
    public IReadOnlyList<string> Confidential { get; init; } = [];

    /// <summary>The form parameter: a text as it is; several texts as several parameters of that name (RFC 8707 §2); everything else as JSON.</summary>
    public void AddTo(FormParameters form)
    {
        if (Name == "resource")
        {
            form.AddEach(Name, Value.AsArray().Select(one => one!.GetValue<string>()));
        }
        else
        {
            form.Add(Name, Text(Value));
        }
    }

    /// <summary>The claim of a signed request: one resource is a text, several are an array (RFC 8707 §2).</summary>
    public JsonNode ToClaim() => Name == "resource" && Value.AsArray() is [{ } only] ? only.DeepClone() : Value.DeepClone();

    /// <summary>A text as it is, everything else as JSON.</summary>
    public static string Text(JsonNode value)
    {
        if (value.GetValueKind() != JsonValueKind.String)
        {
            return value.ToJsonString();
        }

        // A date or a GUID is a text too, once it is written.
        return value.AsValue().TryGetValue<string>(out var text) ? text : JsonNode.Parse(value.ToJsonString())!.GetValue<string>();
    }
}
