using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>One request of the client as it reached the OP.</summary>
/// <param name="Method">Its verb.</param>
/// <param name="Address">The whole address.</param>
/// <param name="Headers">Its headers, by lower-case name.</param>
/// <param name="Body">Its body.</param>
/// <param name="Certificate">The certificate the client showed, if any.</param>
/// <param name="Tls">The TLS version; null where the request came without a network.</param>
internal sealed record Received(
    string Method, Uri Address, IReadOnlyDictionary<string, string> Headers, string Body, X509Certificate2? Certificate, string? Tls)
{
    /// <summary>The form, decoded, doubles and order kept.</summary>
    public IReadOnlyList<(string Name, string Value)> Form { get; } =
        [.. Body.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Select(pair => (Decode(pair[0]), pair.Length > 1 ? Decode(pair[1]) : ""))];

    public string? this[string parameter] => Form.FirstOrDefault(pair => pair.Name == parameter).Value;

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    private static string Decode(string text) => WebUtility.UrlDecode(text);
}

/// <summary>What the OP answers.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body.</param>
/// <param name="MediaType">Its media type.</param>
internal sealed record Answer(int Status, string Body, string MediaType = "application/json")
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static Answer Json(System.Text.Json.Nodes.JsonNode body) => new(200, body.ToJsonString());

    public static Answer Error(string code, int status = 400) => new(status, $$"""{"error":"{{code}}"}""");
}
