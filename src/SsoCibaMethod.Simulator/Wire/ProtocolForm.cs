using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SsoCibaMethod.Simulator.Wire;

/// <summary>The parameters of a protocol request: a form with no parameter twice (RFC 6749 §3.2), an empty one counting as absent (§3.1).</summary>
internal sealed class ProtocolForm
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private ProtocolForm()
    {
    }

    public string? this[string name] => _values.GetValueOrDefault(name);

    public bool Has(string name) => _values.ContainsKey(name);

    public static async Task<(ProtocolForm Form, ProtocolError? Error)> ReadAsync(HttpRequest request)
    {
        var form = new ProtocolForm();
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return (form, ProtocolError.InvalidRequest("The content type must be application/x-www-form-urlencoded."));
        }

        try
        {
            foreach (var (name, values) in await request.ReadFormAsync(request.HttpContext.RequestAborted))
            {
                if (values.Count > 1)
                {
                    return (form, ProtocolError.InvalidRequest("A parameter is present more than once."));
                }

                if (!string.IsNullOrEmpty(values[0]))
                {
                    form._values[name] = values[0]!;
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            return (form, ProtocolError.InvalidRequest("The form cannot be read."));
        }

        return (form, null);
    }
}
