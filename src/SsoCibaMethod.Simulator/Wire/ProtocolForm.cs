using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SsoCibaMethod.Simulator.Wire;

/// <summary>
/// The parameters of a protocol request: a form with no parameter twice (RFC 6749 §3.2), <c>resource</c> apart (RFC 8707 §2),
/// an empty one counting as absent (§3.1).
/// </summary>
internal sealed class ProtocolForm
{
    private const string Repeatable = "resource";

    private readonly Dictionary<string, IReadOnlyList<string>> _values = new(StringComparer.Ordinal);

    private ProtocolForm()
    {
    }

    public IEnumerable<string> Names => _values.Keys;

    public string? this[string name] => _values.GetValueOrDefault(name)?[0];

    public bool Has(string name) => _values.ContainsKey(name);

    public IReadOnlyList<string> All(string name) => _values.GetValueOrDefault(name) ?? [];

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
                if (values.Count > 1 && name != Repeatable)
                {
                    return (form, ProtocolError.InvalidRequest("A parameter is present more than once."));
                }

                if (values.OfType<string>().Where(value => value.Length > 0).ToArray() is { Length: > 0 } present)
                {
                    form._values[name] = present;
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
