using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Polling;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>An application with our handler, configured as an administrator would, on a clock that only the test moves.</summary>
internal sealed class RelyingPartyHost : IAsyncDisposable
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(9);

    private readonly WebApplication _app;

    private RelyingPartyHost(WebApplication app, ManualTimeProvider clock, CapturedLog log)
    {
        _app = app;
        Clock = clock;
        Log = log;
        Browser = CreateBrowser();
    }

    public ManualTimeProvider Clock { get; }

    public CapturedLog Log { get; }

    public TestBrowser Browser { get; }

    public IServiceProvider Services => _app.Services;

    public LoginPoller Poller => Services.GetRequiredService<LoginPoller>();

    public static async Task<RelyingPartyHost> StartAsync(
        ManualTimeProvider clock, IReadOnlyDictionary<string, string?> settings, Action<CibaOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var log = new CapturedLog();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        foreach (var (name, value) in ManyStarts.Settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)).Concat(settings))
        {
            builder.Configuration[$"Authentication:Schemes:{CibaDefaults.AuthenticationScheme}:{name}"] = value;
        }

        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddCibaAuthentication(configure);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseAuthentication();
        app.MapGet("/me", MeAsync);
        await app.StartAsync();
        var host = new RelyingPartyHost(app, clock, log);
        await host.SettleAsync();
        return host;
    }

    public TestBrowser CreateBrowser() => new(CreateHandler(), new Uri("https://app.example/"));

    public HttpMessageHandler CreateHandler() => _app.GetTestServer().CreateHandler();

    /// <summary>Moves the clock in steps so small that what leaves early is seen to be early, letting what became due happen each time.</summary>
    public async Task AdvanceAsync(TimeSpan by, Func<bool>? until = null, TimeSpan? step = null)
    {
        // What the test did last may just have woken the poller: between its reading of the clock and its setting of the timer the clock must stand.
        await SettleAsync();
        var end = Clock.GetUtcNow() + by;
        while (Clock.GetUtcNow() < end && until?.Invoke() != true)
        {
            Clock.Advance(step ?? TimeSpan.FromMilliseconds(20));
            await SettleAsync();
        }
    }

    /// <summary>Waits until the poller has nothing due and nothing under way.</summary>
    public Task SettleAsync() => UntilAsync(() => IsAtRest());

    /// <summary>
    /// Whether no heartbeat is due, and the poller has nothing due and so many polls under way. The clock must not run on without heartbeats: the node's lease
    /// would end, and with it the polls.
    /// </summary>
    public bool IsAtRest(int underWay = 0)
    {
        var left = Poller.LeaseEndsAt - Poller.Clock;
        return left > Lease - Heartbeat && left <= Lease && Poller.IsAtRest(underWay);
    }

    /// <summary>Lets other work run until the condition holds; fails after 30 seconds of real time, far longer than any of it takes.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(begun) > TimeSpan.FromSeconds(30))
            {
                Assert.Fail($"waited in vain\n{Log.Text}");
            }

            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task MeAsync(HttpContext context, ClaimsPrincipal user)
    {
        if (user.Identity?.IsAuthenticated == true)
        {
            await context.Response.WriteAsJsonAsync(user.Claims.Select(claim => new[] { claim.Type, claim.Value }));
            return;
        }

        await context.ChallengeAsync();
    }
}
