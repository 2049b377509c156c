using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Simulator.Tests;

/// <summary>The OP in a test server with a clock of its own, and a client as small as can be: it says on the wire what a test tells it to.</summary>
public sealed class SimulatorHost : IDisposable
{
    public const string Issuer = "http://localhost/op";

    private readonly IHost _host;

    public SimulatorHost(Action<CibaSimulatorOptions>? configure = null, string? pathBase = null)
    {
        _host = new HostBuilder().ConfigureWebHost(web => web
            .UseTestServer()
            .ConfigureServices(services => services
                .AddSingleton<TimeProvider>(Clock)
                .AddCibaSimulator(options =>
                {
                    options.Clients.Add(new("shop") { Name = "The Shop", Secret = "s3cret" });
                    configure?.Invoke(options);
                }))
            .Configure(app => app
                .Use((context, next) =>
                {
                    context.Connection.ClientCertificate = ClientCertificate;
                    return next(context);
                })
                .UsePathBase(pathBase)
                .UseRouting()
                .UseEndpoints(endpoints => endpoints.MapCibaSimulator())))
            .Start();
        Simulator = _host.Services.GetRequiredService<CibaSimulator>();
        Http = _host.GetTestClient();
    }

    public ManualTimeProvider Clock { get; } = new();

    public CibaSimulator Simulator { get; }

    public HttpClient Http { get; }

    /// <summary>Gets or sets the certificate every connection shows.</summary>
    public X509Certificate2? ClientCertificate { get; set; }

    /// <summary>Gets or sets what makes the DPoP header of every request to an endpoint.</summary>
    public Func<string?>? Proof { get; set; }

    public Task<WireAnswer> AskAsync(params (string Name, string? Value)[] parameters) =>
        SendAsync("bc-authorize", [("scope", "openid"), ("login_hint", "alice"), .. parameters]);

    public async Task<string> AskedAsync(params (string Name, string? Value)[] parameters) =>
        (await AskAsync(parameters)).Text("auth_req_id");

    public Task<WireAnswer> PollAsync(string authReqId, params (string Name, string? Value)[] parameters) =>
        SendAsync("token", [("grant_type", "urn:openid:params:grant-type:ciba"), ("auth_req_id", authReqId), .. parameters]);

    /// <summary>A later parameter of the same name takes the place of an earlier one, <see langword="null"/> takes it away; without other credentials the shop's are sent.</summary>
    public Task<WireAnswer> SendAsync(string endpoint, params (string Name, string? Value)[] parameters)
    {
        Dictionary<string, string> form = [];
        foreach (var (name, value) in parameters)
        {
            form.Remove(name);
            if (value is not null)
            {
                form.Add(name, value);
            }
        }

        var own = form.ContainsKey("client_id") || form.ContainsKey("client_secret") || form.ContainsKey("client_assertion");
        return SendAsync(endpoint, new FormUrlEncodedContent(form), own ? null : "Basic c2hvcDpzM2NyZXQ=");
    }

    public async Task<WireAnswer> SendAsync(string endpoint, HttpContent content, string? authorization = "Basic c2hvcDpzM2NyZXQ=")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/op/{endpoint}") { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (Proof?.Invoke() is { } proof)
        {
            request.Headers.Add("DPoP", proof);
        }

        using var response = await Http.SendAsync(request);
        return new(response, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    public void Dispose()
    {
        Http.Dispose();
        _host.Dispose();
    }
}
