using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Methods;

/// <summary>
/// Further request parameters that have a setting of their own go there, where nobody set that: Ubisecure's documents have <c>acr_values</c> among
/// them. What is the client's own business is a fault.
/// </summary>
internal static class WellKnownParameters
{
    public static void Take(CibaOptions options)
    {
        // The host's own object stays as it is.
        options.RequestParameters = options.RequestParameters.DeepClone().AsObject();
        foreach (var (name, value) in options.RequestParameters.ToList())
        {
            if (!BackchannelAuthenticationRequest.IsReserved(name))
            {
                continue;
            }

            _ = options.RequestParameters.Remove(name);
            if (Take(options, name, value) is { } advice)
            {
                options.BindingFaults.Add($"RequestParameters holds {name}; {advice}.");
            }
        }
    }

    private static string? Take(CibaOptions options, string name, JsonNode? value)
    {
        switch (name, value)
        {
            case ("acr_values", JsonValue text) when text.GetValueKind() == JsonValueKind.String:
                options.AcrValues = options.AcrValues.Count > 0 ? options.AcrValues : text.GetValue<string>().Split(' ', StringSplitOptions.RemoveEmptyEntries);
                return null;
            case ("acr_values", _):
                return "write it as one text, or as the setting AcrValues";
            case ("requested_expiry", JsonValue seconds) when int.TryParse(seconds.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                options.RequestedExpiry ??= TimeSpan.FromSeconds(number);
                return null;
            case ("requested_expiry", _):
                return "write it in whole seconds, or as the setting RequestedExpiry";
            case ("resource", _) when Texts(value) is { } resources:
                options.Resources = options.Resources.Count > 0 ? options.Resources : resources;
                return null;
            case ("resource", _):
                return "write it as a text or a list of texts, or as the setting Resources";
            case ("authorization_details", JsonArray details):
                options.AuthorizationDetails ??= details;
                return null;
            case ("authorization_details", _):
                return "write it as an array, or as the setting AuthorizationDetails";
            case ("request_context", JsonObject context):
                options.RequestContext ??= context;
                return null;
            case ("request_context", _):
                return "write it as an object";
            case ("scope", _):
                return "write it as the setting Scope";
            default:
                return "leave it out, for this client says it by itself";
        }
    }

    private static string[]? Texts(JsonNode? value) => value switch
    {
        JsonValue text when text.GetValueKind() == JsonValueKind.String => [text.GetValue<string>()],
        JsonArray items when items.All(item => item?.GetValueKind() == JsonValueKind.String) => [.. items.Select(item => item!.GetValue<string>())],
        _ => null,
    };
}
