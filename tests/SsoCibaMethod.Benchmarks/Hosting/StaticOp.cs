using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace SsoCibaMethod.Benchmarks.Hosting;

/// <summary>An OP without a wire, for what only needs to know its metadata and keys.</summary>
internal sealed class StaticOp(string jwks = """{"keys":[]}""") : HttpMessageHandler
{
    public const string Issuer = "https://op.example";

    private const string Metadata = $$"""
        {"issuer":"{{Issuer}}","backchannel_authentication_endpoint":"{{Issuer}}/bc","token_endpoint":"{{Issuer}}/token","jwks_uri":"{{Issuer}}/jwks"}
        """;

    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly byte[] Pending = """{"error":"authorization_pending"}"""u8.ToArray();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } form)
        {
            await form.CopyToAsync(Stream.Null, cancellationToken);
        }

        return request.RequestUri!.AbsolutePath switch
        {
            "/token" => Answer(HttpStatusCode.BadRequest, Pending),
            "/jwks" => Answer(HttpStatusCode.OK, Encoding.UTF8.GetBytes(jwks)),
            _ => Answer(HttpStatusCode.OK, Encoding.UTF8.GetBytes(Metadata)),
        };
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, byte[] json) => new(status) { Content = new ByteArrayContent(json) { Headers = { ContentType = Json } } };
}
