using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace SsoCibaMethod.Client.Tests;

/// <summary>An OP behind real TLS on this machine: one door for everybody, and one that asks for a client certificate and notes which came.</summary>
internal sealed class TlsOp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Visit> _visits = new();

    private TlsOp(X509Certificate2 certificate, X509Certificate2Collection chain)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        // One for both doors, so that a connection to the one could be resumed at the other.
        var context = SslStreamCertificateContext.Create(certificate, chain, offline: true);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, door => door.UseHttps(Handshake(context, asks: false)));
            kestrel.Listen(IPAddress.Loopback, 0, door => door.UseHttps(Handshake(context, asks: true)));
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public JsonObject Metadata { get; } = [];

    public IEnumerable<Visit> Visits => _visits;

    public Visit Last => _visits.Last();

    public ConcurrentQueue<string[]> Issuers { get; } = new();

    public string Open { get; private set; } = "";

    public string ForCertificates { get; private set; } = "";

    public static async Task<TlsOp> StartAsync(X509Certificate2 certificate, params X509Certificate2[] chain)
    {
        var op = new TlsOp(certificate, [.. chain]);
        await op._app.StartAsync();
        var addresses = op._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)).ToList();
        (op.Open, op.ForCertificates) = (addresses[0], addresses[1]);
        op.Metadata["issuer"] = op.Open;
        op.Metadata["jwks_uri"] = $"{op.Open}/jwks";
        op.Metadata["backchannel_authentication_endpoint"] = $"{op.Open}/bc";
        op.Metadata["token_endpoint"] = $"{op.Open}/token";
        return op;
    }

    public void NameAliases() => Metadata["mtls_endpoint_aliases"] = new JsonObject
    {
        ["token_endpoint"] = $"{ForCertificates}/token",
        ["backchannel_authentication_endpoint"] = $"{ForCertificates}/bc",
    };

    public CibaClient Client(ClientAuthentication authentication, BackchannelTransportSettings transport)
    {
        var settings = new CibaClientSettings { ClientId = TestToken.ClientId, Authentication = authentication, ClientCertificate = transport.ClientCertificate };
        var invoker = new HttpMessageInvoker(BackchannelTransport.CreateHandler(transport));
        return new CibaClient(settings, new ProviderMetadataSource(
            new ProviderMetadataSettings { Client = settings, ExpectedIssuer = Open, MetadataAddress = new Uri($"{Open}/.well-known/openid-configuration") }, invoker), invoker);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // Set up by hand: the short way refuses the unfit certificates of some tests.
    private TlsHandshakeCallbackOptions Handshake(SslStreamCertificateContext context, bool asks) => new()
    {
        OnConnection = connection =>
        {
            connection.AllowDelayedClientCertificateNegotation = false;
            return ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = context,
                ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
                ClientCertificateRequired = asks,

                // The test judges, not the handshake; what came with the certificate is its issuers.
                RemoteCertificateValidationCallback = (_, _, built, _) =>
                {
                    Issuers.Enqueue([.. built?.ChainPolicy.ExtraStore.Select(one => one.Subject) ?? []]);
                    return true;
                },
            });
        },
    };

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        var path = context.Request.Path.Value!;
        var certificate = await context.Connection.GetClientCertificateAsync();
        _visits.Enqueue(new Visit(path, context.Connection.LocalPort, certificate?.Subject, await body.ReadToEndAsync()));
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(path switch
        {
            "/jwks" => TestKeys.OfTheOp(),
            "/bc" => """{"auth_req_id":"a","expires_in":120}""",
            "/token" => """{"error":"authorization_pending"}""",
            _ => Metadata.ToJsonString(),
        });
    }

    /// <summary>One request as it arrived.</summary>
    internal sealed record Visit(string Path, int Port, string? Certificate, string Body);
}
