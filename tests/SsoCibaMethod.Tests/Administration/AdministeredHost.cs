using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Methods;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Simulator;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Administration;

/// <summary>A host whose methods stand in a <c>config/ciba.json</c> that the test edits while it runs; <c>/signin/{method}</c> challenges one.</summary>
internal sealed class AdministeredHost : IAsyncDisposable
{
    private readonly string _directory;

    private AdministeredHost(CibaTestHost host, string directory) => (Host, _directory) = (host, directory);

    public CibaTestHost Host { get; }

    public CibaMethodCatalog Catalog => Host.Services.GetRequiredService<CibaMethodCatalog>();

    public string File => Path.Combine(_directory, "ciba.json");

    /// <summary>Starts a host with methods.</summary>
    /// <param name="methods">The methods.</param>
    /// <param name="store">A store that other nodes share.</param>
    /// <param name="keys">The keys that other nodes share.</param>
    /// <param name="beside">A setting that stands elsewhere than in the file, as an environment variable does.</param>
    /// <param name="services">What the application adds after the methods.</param>
    /// <param name="pipeline">Further addresses of the application.</param>
    /// <param name="wire">What stands between the application and the OP.</param>
    public static async Task<AdministeredHost> StartAsync(
        JsonObject methods, IPendingLoginStore? store = null, KeyShelf? keys = null, (string Name, string Value)? beside = null,
        Action<WebApplicationBuilder>? services = null, Action<WebApplication>? pipeline = null, DelegatingHandler? wire = null)
    {
        var directory = Directory.CreateTempSubdirectory("ciba-").FullName;
        await System.IO.File.WriteAllTextAsync(Path.Combine(directory, "ciba.json"), Content(methods));
        var host = await CibaTestHost.StartAsync(
            services: services,
            wire: wire,
            pipeline: app =>
            {
                Serve(app);
                pipeline?.Invoke(app);
            },
            simulator: options => options.Clients.Add(new CibaSimulatorClient("other") { Name = "Another client", Secret = CibaTestHost.Secret }),
            register: (builder, settings) =>
            {
                builder.Configuration["Ciba:ConfigDirectory"] = directory;
                builder.Configuration["Ciba:ResourcesDirectory"] = directory;
                var clock = (TimeProvider)builder.Services.Last(service => service.ServiceType == typeof(TimeProvider)).ImplementationInstance!;
                builder.AddCibaConfiguration(clock);
                if (beside is var (name, value))
                {
                    builder.Configuration.AddInMemoryCollection([new($"Ciba:Methods:{name}", value)]);
                }

                if (store is not null)
                {
                    builder.Services.AddSingleton(store);
                }

                if (keys is not null)
                {
                    builder.Services.Configure<KeyManagementOptions>(options => options.XmlRepository = keys);
                }

                var wired = new CibaOptions();
                settings(wired);
                builder.Services.AddAuthentication(options => options.DefaultScheme = "Cookies").AddCookie().AddCibaMethods(builder.Configuration.GetSection("Ciba:Methods"));
                builder.Services.ConfigureAll<CibaOptions>(options => options.BackchannelHttpHandler = wired.BackchannelHttpHandler);
            });
        return new AdministeredHost(host, directory);
    }

    /// <summary>A method of the simulator.</summary>
    public static JsonObject Method(string clientId = "app", params (string Name, JsonNode Value)[] more)
    {
        var method = new JsonObject { ["Authority"] = "https://op.example/op", ["ClientId"] = clientId, ["ClientSecret"] = CibaTestHost.Secret };
        foreach (var (name, value) in more)
        {
            method[name] = value;
        }

        return method;
    }

    /// <summary>Edits the file, and waits as long as an administrator has to.</summary>
    public Task EditAsync(JsonObject methods) => WriteAsync(Content(methods));

    /// <inheritdoc cref="EditAsync(JsonObject)"/>
    public async Task WriteAsync(string content)
    {
        await System.IO.File.WriteAllTextAsync(File, content);
        for (var i = 0; i < 5; i++)
        {
            await Host.PassSecondAsync();
        }
    }

    public void WriteText(string file, string content) => System.IO.File.WriteAllText(Path.Combine(_directory, file), content);

    /// <summary>Types a hint on a method's page and sends it.</summary>
    public Task<TestPage> BeginAsync(TestBrowser browser, string method) => Host.BeginAsync(browser, open: $"/signin/{method}");

    /// <summary>Approves the newest request, and comes back to the page.</summary>
    public async Task<TestPage> ApproveAsync(TestBrowser browser, TestPage waiting)
    {
        Host.Op.Approve(Host.Op.Requests[^1].AuthReqId);
        Assert.Equal("approved", await Host.AdvanceUntilNotAsync(browser, waiting, "waiting"));
        return await browser.OpenAsync(waiting.Address.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static string Content(JsonObject methods) => new JsonObject { ["Ciba"] = new JsonObject { ["Methods"] = methods.DeepClone() } }.ToJsonString(new() { WriteIndented = true });

    private static void Serve(WebApplication app)
    {
        app.UseAuthentication();
        app.MapGet("/signin/{method}", (string method, HttpContext context) => context.ChallengeAsync(method, new AuthenticationProperties { RedirectUri = "/me" }));
        app.MapGet("/me", (HttpContext context) => context.User.FindFirst("sub")?.Value ?? "nobody");
    }
}
