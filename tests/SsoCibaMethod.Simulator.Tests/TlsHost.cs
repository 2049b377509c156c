using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SsoCibaMethod.Simulator.Tests;

/// <summary>The OP on real sockets over TLS, at one address for everybody and one that asks for certificates.</summary>
public sealed class TlsHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TlsHost(WebApplication app, CibaSimulatorCertificates certificates)
    {
        _app = app;
        Certificates = certificates;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address)).ToArray();
        (Address, MtlsAddress) = (addresses[0], addresses[1]);
        Simulator = app.Services.GetRequiredService<CibaSimulator>();
        Simulator.Options.MtlsAlias = new(Address, MtlsAddress);
        Simulator.Options.ClientCertificateAuthorities.Add(certificates.Authority);
    }

    public CibaSimulatorCertificates Certificates { get; }

    public CibaSimulator Simulator { get; }

    public Uri Address { get; }

    public Uri MtlsAddress { get; }

    public static async Task<TlsHost> StartAsync(string folder, Action<CibaSimulatorOptions> configure)
    {
        var certificates = CibaSimulatorCertificates.Open(folder);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => certificates.Serve(listen));
            kestrel.Listen(IPAddress.Loopback, 0, listen => certificates.Serve(listen, asksForCertificates: true));
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddCibaSimulator(configure);
        var app = builder.Build();
        app.MapCibaSimulator();
        await app.StartAsync();
        return new(app, certificates);
    }

    public async Task<JsonElement> GetAsync(Uri address)
    {
        using var http = new HttpMessageInvoker(Certificates.CreateHandler());
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var answer = await http.SendAsync(request, CancellationToken.None);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    /// <summary>One form over one connection that shows a certificate, or none.</summary>
    public async Task<WireAnswer> SendAsync(string address, X509Certificate2? certificate, params (string Name, string Value)[] form)
    {
        using var http = new HttpMessageInvoker(Certificates.CreateHandler(certificate));
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent(form.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value))),
        };
        using var answer = await http.SendAsync(request, CancellationToken.None);
        return new(answer, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
