using System.Net;
using System.Text;

namespace SsoCibaMethod.Benchmarks.Hosting;

/// <summary>An OP without a wire, for what only needs to know its metadata and keys.</summary>
internal sealed class StaticOp(string jwks = """{"keys":[]}""") : HttpMessageHandler
{
    public const string Issuer = "https://op.example";

    private const string Metadata = $$"""
        {"issuer":"{{Issuer}}","backchannel_authentication_endpoint":"{{Issuer}}/bc","token_endpoint":"{{Issuer}}/token","jwks_uri":"{{Issuer}}/jwks"}
        """;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
    {
        Content = new StringContent(request.RequestUri!.AbsolutePath == "/jwks" ? jwks : Metadata, Encoding.UTF8, "application/json"),
    });
}
