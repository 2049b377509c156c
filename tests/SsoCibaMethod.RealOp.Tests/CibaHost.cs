using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>
/// An application with our handler, served by Kestrel on the real clock. Every method is a scheme of its own; its client at the OP is called like it.
/// </summary>
internal sealed class CibaHost : IAsyncDisposable
{
    public const string Secret = "100% secret + of & the = tests, long enough";

    // oidc-provider takes no spaces in a binding message; whoever runs against it puts the code alone there.
    private const string TextsForThisOp = """{ "UBAA_TEXT": "{0}" }""";

    private readonly WebApplication _app;
    private readonly TemporaryFolder _resources;
    private readonly SocketsHttpHandler _network = new() { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };

    private CibaHost(WebApplication app, TemporaryFolder resources, CapturedLog log, LocalAuthority? authority)
    {
        _app = app;
        _resources = resources;
        Log = log;
        if (authority is not null)
        {
            _network.SslOptions.CertificateChainPolicy = authority.TrustOnlyThis();
        }
    }

    /// <summary>Where it is reached, without a slash at the end.</summary>
    public string Address => _app.Urls.First();

    public CapturedLog Log { get; }

    /// <summary>Who is signed in, by the scheme that signed them in. The host shows it to the test alone, never to the browser.</summary>
    public ConcurrentDictionary<string, AuthenticateResult> Users { get; } = new(StringComparer.Ordinal);

    /// <summary>Starts an application with one method, <c>app</c>, that proves itself by its secret.</summary>
    public static async Task<CibaHost> StartAsync(RealOp op, Action<CibaOptions>? configure = null, string? texts = TextsForThisOp)
    {
        await op.AddClientAsync(new("app") { ClientSecret = Secret });
        return await StartAsync(
            [
                new("app", options =>
                {
                    options.Authority = op.Issuer;
                    options.ClientSecret = Secret;
                    configure?.Invoke(options);
                }),
            ],
            texts);
    }

    /// <summary>Starts an application; with an authority it is reached by https alone, by browsers and by the OP.</summary>
    public static async Task<CibaHost> StartAsync(
        IReadOnlyList<HostMethod> methods, string? texts = TextsForThisOp, LocalAuthority? authority = null)
    {
        var log = new CapturedLog();
        var resources = new TemporaryFolder();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        authority?.Serve(builder.WebHost);
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        builder.Configuration["Ciba:ResourcesDirectory"] = resources.Path;
        if (texts is not null)
        {
            resources.Write("messages.json", texts);
        }

        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        var authentication = builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        foreach (var method in methods)
        {
            foreach (var (name, value) in ManyStarts.Settings)
            {
                builder.Configuration[$"Authentication:Schemes:{method.Scheme}:{name}"] = value;
            }

            authentication.AddCibaAuthentication(method.Scheme, options =>
            {
                options.ClientId = method.Scheme;
                method.Configure(options);
            });
        }

        var host = new CibaHost(builder.Build(), resources, log, authority);
        host.Map();
        await host._app.StartAsync();
        return host;
    }

    public TestBrowser CreateBrowser() => new(_network, new Uri(Address));

    public async ValueTask DisposeAsync()
    {
        _network.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _resources.Dispose();
    }

    private void Map()
    {
        _app.UseAuthentication();
        _app.MapGet("/signin/{scheme}", (HttpContext context, string scheme) =>
            context.ChallengeAsync(scheme, new AuthenticationProperties { RedirectUri = "/me" }));
        _app.MapGet("/me", async (HttpContext context) =>
        {
            var result = await context.AuthenticateAsync();
            if (result.Succeeded)
            {
                Users[result.Principal.Identity!.AuthenticationType!] = result;
            }

            return result.Succeeded ? "signed in" : "signed out";
        });
    }
}

/// <summary>One method of the host.</summary>
/// <param name="Scheme">Its scheme, and the name of its client at the OP.</param>
/// <param name="Configure">Its settings.</param>
internal sealed record HostMethod(string Scheme, Action<CibaOptions> Configure);
