using System.Net;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Polling;
using SsoCibaMethod.Simulator;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Tests.Hosting;

/// <summary>An application with our handler, and the simulator as its OP: two real hosts in one process, on one clock that only the test moves.</summary>
public sealed class CibaTestHost : IAsyncDisposable
{
    public const string Secret = "a-client-secret-that-is-long-enough-for-hs256";

    private const int MostTurns = 1_000_000;

    private readonly WebApplication _op;
    private readonly WebApplication _app;

    private CibaTestHost(WebApplication op, WebApplication app, ManualTimeProvider clock, CapturedLog log)
    {
        _op = op;
        _app = app;
        Clock = clock;
        Log = log;
    }

    public ManualTimeProvider Clock { get; }

    public CapturedLog Log { get; }

    public CibaSimulator Op => _op.Services.GetRequiredService<CibaSimulator>();

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts both.</summary>
    /// <param name="configure">Settings of the method.</param>
    /// <param name="services">Further services of the application.</param>
    /// <param name="pipeline">The application after our handler; by default "/me" shows the signed-in user's claims.</param>
    /// <param name="simulator">Settings of the OP.</param>
    /// <param name="wire">What stands between the application and the OP.</param>
    /// <param name="register">How the application adds the handler; by default <c>services.AddCibaAuthentication()</c>.</param>
    public static async Task<CibaTestHost> StartAsync(
        Action<CibaOptions>? configure = null,
        Action<WebApplicationBuilder>? services = null,
        Action<WebApplication>? pipeline = null,
        Action<CibaSimulatorOptions>? simulator = null,
        DelegatingHandler? wire = null,
        Action<WebApplicationBuilder, Action<CibaOptions>>? register = null)
    {
        var clock = new ManualTimeProvider();
        var log = new CapturedLog();
        var op = await StartOpAsync(clock, simulator);
        HttpMessageHandler backchannel = op.GetTestServer().CreateHandler();
        if (wire is not null)
        {
            wire.InnerHandler = backchannel;
            backchannel = wire;
        }

        var builder = CreateBuilder(clock, log);
        foreach (var (name, value) in ManyStarts.Settings)
        {
            builder.Configuration[$"Authentication:Schemes:{CibaDefaults.AuthenticationScheme}:{name}"] = value;
        }

        register ??= (application, settings) => application.Services.AddCibaAuthentication(settings);
        register(builder, options =>
        {
            options.Authority = "https://op.example/op";
            options.ClientId = "app";
            options.ClientSecret = Secret;
            options.Scope = ["openid", "profile"];
            options.BackchannelHttpHandler = backchannel;
            configure?.Invoke(options);
        });
        services?.Invoke(builder);
        var app = builder.Build();
        (pipeline ?? ShowUser)(app);
        await app.StartAsync();
        return new CibaTestHost(op, app, clock, log);
    }

    /// <summary>The limits on starting as they are by default, in the place of <see cref="ManyStarts"/>.</summary>
    public static void WithDefaultLimits(CibaOptions options)
    {
        var limits = new CibaStartLimitOptions();
        options.StartLimits.PerHint = limits.PerHint;
        options.StartLimits.PerAddress = limits.PerAddress;
        options.StartLimits.PerBrowser = limits.PerBrowser;
        options.StartLimits.UserCodes = limits.UserCodes;
        options.StartLimits.Cooldown = limits.Cooldown;
    }

    /// <summary>A bare builder on the test's clock and log, served in memory.</summary>
    public static WebApplicationBuilder CreateBuilder(TimeProvider clock, CapturedLog log)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton(clock);
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        return builder;
    }

    public HttpMessageHandler CreateHandler() => _app.GetTestServer().CreateHandler();

    public TestBrowser CreateBrowser(string address = "https://app.example/") => new(CreateHandler(), new Uri(address));

    /// <summary>A browser whose requests come from a network address; from the others' it cannot be told.</summary>
    public TestBrowser CreateBrowserAt(string networkAddress) => new(
        _app.GetTestServer().CreateHandler(context => context.Connection.RemoteIpAddress = IPAddress.Parse(networkAddress)), new Uri("https://app.example/"));

    /// <summary>Opens the page, types a hint and sends it.</summary>
    public async Task<TestPage> BeginAsync(TestBrowser browser, string hint = "alice", string open = "/me") =>
        await browser.SubmitAsync(await browser.OpenAsync(open), "form", ("login_hint", hint));

    /// <summary>Moves the clock in small steps, letting what became due happen, until the page's login has left the given state.</summary>
    public async Task<string> AdvanceUntilNotAsync(TestBrowser browser, TestPage waiting, string state, int seconds = 1_000)
    {
        var status = waiting.Document.QuerySelector("[data-watch]")!.GetAttribute("data-watch")!;
        for (var i = 0; i < seconds; i++)
        {
            var body = (await browser.SendAsync(HttpMethod.Get, status)).Body;
            var now = JsonDocument.Parse(body).RootElement.GetProperty("state").GetString()!;
            if (now != state)
            {
                return now;
            }

            await PassSecondAsync();
        }

        throw new InvalidOperationException($"After {seconds} s the login is still {state}.\n{Log.Text}");
    }

    /// <summary>Lets a second pass, and what becomes due by it happen.</summary>
    public async Task PassSecondAsync()
    {
        // Also before it: between a loop's reading of the clock and its setting of the timer the clock must stand.
        await SettleAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));
        await SettleAsync();
    }

    /// <summary>Lets a second pass whenever somebody waits for just that long, as who tries again does.</summary>
    public async Task PassPausesAsync(Func<bool> until)
    {
        for (var turns = 0; !until(); turns++)
        {
            if (turns == MostTurns)
            {
                throw new InvalidOperationException($"It did not come to that.\n{Log.Text}");
            }

            if (Clock.IsDueIn(TimeSpan.FromSeconds(1)))
            {
                Clock.Advance(TimeSpan.FromSeconds(1));
            }

            await Task.Yield();
        }
    }

    /// <summary>Lets time go on, whatever is under way.</summary>
    public async Task PassTimeAsync(Func<bool> until)
    {
        while (!until())
        {
            Clock.Advance(TimeSpan.FromSeconds(0.25));
            await Task.Yield();
        }
    }

    /// <summary>Waits until no heartbeat is due or under way, and the poller, which may have got logins by it, has nothing due and nothing under way.</summary>
    public async Task SettleAsync()
    {
        var host = Services.GetServices<IHostedService>().OfType<LoginPollerHost>().Single();
        var poller = Services.GetRequiredService<LoginPoller>();
        while (!host.IsAtRest || !poller.IsAtRest())
        {
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A poll may be out, and the poller gives it time.
        var stop = _app.StopAsync();
        await PassTimeAsync(() => stop.IsCompleted);
        await stop;
        await _app.DisposeAsync();
        await _op.StopAsync();
        await _op.DisposeAsync();
    }

    private static async Task<WebApplication> StartOpAsync(TimeProvider clock, Action<CibaSimulatorOptions>? configure)
    {
        var builder = CreateBuilder(clock, new CapturedLog());
        builder.Services.AddCibaSimulator(options =>
        {
            options.Issuer = "https://op.example/op";
            options.Clients.Add(new CibaSimulatorClient("app") { Name = "The app", Secret = Secret });
            configure?.Invoke(options);
        });
        var op = builder.Build();
        op.MapCibaSimulator("/op");
        await op.StartAsync();
        return op;
    }

    /// <summary>The application's own part: a home page, and one that needs a sign-in.</summary>
    public static void ShowUser(WebApplication app)
    {
        app.UseAuthentication();
        app.MapGet("/", () => "home");
        app.MapGet("/me", async (HttpContext context, ClaimsPrincipal user) =>
        {
            if (user.Identity?.IsAuthenticated != true)
            {
                await context.ChallengeAsync();
                return;
            }

            await context.Response.WriteAsJsonAsync(user.Claims.Select(claim => new[] { claim.Type, claim.Value }));
        });
    }
}
