using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace SsoCibaMethod.Simulator.Tests;

public sealed class WireAnswer(HttpResponseMessage response, JsonElement body)
{
    public HttpStatusCode Status { get; } = response.StatusCode;

    public HttpResponseHeaders Headers { get; } = response.Headers;

    public JsonElement Body { get; } = body;

    public string? Error => Has("error") ? Text("error") : null;

    public bool Has(string member) => Body.TryGetProperty(member, out _);

    public string Text(string member) => Body.GetProperty(member).GetString()!;

    public int Number(string member) => Body.GetProperty(member).GetInt32();
}
