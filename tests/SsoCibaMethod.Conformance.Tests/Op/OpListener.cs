using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>
/// Two real TLS listeners on this machine, as the suite has them: one that asks for no certificate, and one that does and serves the aliases.
/// Each run is an OP of its own under a path of its own.
/// </summary>
public sealed class OpListener : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, ScriptedOp> _runs = new(StringComparer.Ordinal);
    private WebApplication? _app;
    private int _count;

    public ClientMaterial Material { get; } = new();

    private Uri Plain { get; set; } = null!;

    private Uri Mtls { get; set; } = null!;

    internal ScriptedOp Add(Variant variant, Play play, TimeProvider clock)
    {
        var run = $"{Interlocked.Increment(ref _count)}";
        var facts = new OpFacts
        {
            Issuer = $"{Plain}{run}/",
            MtlsBase = new Uri(Mtls, $"{run}/"),
            Variant = variant,
            ClientId = ClientMaterial.ClientId,
            ClientCertificateThumbprint = Material.ClientCertificate.Thumbprint,
        };
        return _runs[run] = new ScriptedOp(facts, play, clock);
    }

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(Material.ServerCertificate));
            options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(Material.ServerCertificate, https =>
            {
                // Whose certificate it is, and whether there is one, the OP's own check says.
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate();
            }));
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync();
        var ports = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address).Port).ToList();
        Plain = new Uri($"https://localhost:{ports[0]}/");
        Mtls = new Uri($"https://localhost:{ports[1]}/");
    }

    public async Task DisposeAsync()
    {
        await _app!.DisposeAsync();
        Material.Dispose();
    }

    // A check that fails itself must not pass for an OP in trouble, which a client bears.
    private static async Task<Answer> AnswerAsync(ScriptedOp op, Received request)
    {
        try
        {
            return await op.AnswerAsync(request);
        }
        catch (Exception exception)
        {
            op.Findings.Require(false, "OP", $"{request.Address.AbsolutePath}: {exception}");
            throw;
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.Body);
        var received = new Received(
            request.Method,
            new Uri($"{request.Scheme}://{request.Host}{request.Path}{request.QueryString}"),
            request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString(), StringComparer.Ordinal),
            await reader.ReadToEndAsync(context.RequestAborted),
            context.Connection.ClientCertificate is { } certificate ? X509CertificateLoader.LoadCertificate(certificate.RawData) : null,
            context.Features.Get<ITlsHandshakeFeature>()!.Protocol.ToString());
        var answer = await AnswerAsync(_runs[request.Path.Value!.Split('/')[1]], received);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.MediaType;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(answer.Body, context.RequestAborted);
    }
}
