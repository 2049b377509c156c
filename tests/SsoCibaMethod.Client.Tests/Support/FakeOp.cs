using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Client.Tests;

/// <summary>The other side of the wire, in memory: a discovery document, keys and two endpoints whose answers a test sets.</summary>
internal sealed class FakeOp : HttpMessageHandler
{
    public const string Issuer = "https://op.example";

    private readonly ConcurrentQueue<Exchange> _seen = new();

    public JsonObject Metadata { get; set; } = new()
    {
        ["issuer"] = Issuer,
        ["backchannel_authentication_endpoint"] = $"{Issuer}/oidc/bc-authorize",
        ["token_endpoint"] = $"{Issuer}/oidc/token",
        ["jwks_uri"] = $"{Issuer}/jwks",
        ["backchannel_token_delivery_modes_supported"] = new JsonArray("poll"),
        ["grant_types_supported"] = new JsonArray("urn:openid:params:grant-type:ciba"),
    };

    public Func<Exchange, CancellationToken, Task<HttpResponseMessage>> Discovery { get; set; }

    public Func<Exchange, CancellationToken, Task<HttpResponseMessage>> Keys { get; set; } = (_, _) => Task.FromResult(Json(200, TestKeys.OfTheOp()));

    public Func<Exchange, CancellationToken, Task<HttpResponseMessage>> Backchannel { get; set; } =
        (_, _) => Task.FromResult(Json(200, """{"auth_req_id":"465382f0-2375-452c-807e-f326d329ecfe","expires_in":600,"interval":5}"""));

    public Func<Exchange, CancellationToken, Task<HttpResponseMessage>> Token { get; set; } =
        (_, _) => Task.FromResult(Json(400, """{"error":"authorization_pending"}"""));

    public FakeOp() => Discovery = (_, _) => Task.FromResult(Json(200, Metadata.ToJsonString()));

    public IEnumerable<Exchange> Seen => _seen;

    public Exchange Last => _seen.Last();

    public int KeyFetches => Count("/jwks");

    public int DiscoveryFetches => Count("/.well-known/openid-configuration");

    public int Count(string path) => _seen.Count(exchange => exchange.Uri.AbsolutePath == path);

    public static HttpResponseMessage Json(int status, string body) => Answer(status, body, "application/json");

    public static HttpResponseMessage Answer(int status, string body, string mediaType) =>
        new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, mediaType) };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var exchange = new Exchange(
            request.Method, request.RequestUri!, request.Headers.ToString(), request.Content?.Headers.ContentType?.ToString(), request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
        _seen.Enqueue(exchange);
        var answer = exchange.Uri.AbsolutePath switch
        {
            "/.well-known/openid-configuration" => Discovery,
            "/jwks" => Keys,
            "/oidc/bc-authorize" => Backchannel,
            _ => Token,
        };
        var response = await answer(exchange, cancellationToken);
        response.RequestMessage ??= request;
        return response;
    }

    /// <summary>One request as it arrived.</summary>
    internal sealed record Exchange(HttpMethod Method, Uri Uri, string Headers, string? ContentType, string Body)
    {
        public IReadOnlyDictionary<string, string> Form => Body.Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
    }
}
