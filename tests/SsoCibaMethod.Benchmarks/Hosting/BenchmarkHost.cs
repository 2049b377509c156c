using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Benchmarks.Polls;
using SsoCibaMethod.Client;
using SsoCibaMethod.Methods;
using SsoCibaMethod.Pages;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Polling;

namespace SsoCibaMethod.Benchmarks.Hosting;

/// <summary>An application with the handler as <c>AddCibaAuthentication()</c> makes it: catalogue, store, poller, page, all of it, on the machine's clock.</summary>
internal sealed class BenchmarkHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BenchmarkHost(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public string Address => _app.Urls.First();

    public PendingLoginService Logins => Services.GetRequiredService<PendingLoginService>();

    public LoginPoller Poller => Services.GetRequiredService<LoginPoller>();

    private CibaMethod Method => Services.GetRequiredService<CibaMethodCatalog>().Find(CibaDefaults.AuthenticationScheme)!;

    /// <summary>Starts the application.</summary>
    /// <param name="authority">The OP's door.</param>
    /// <param name="backchannel">The way there.</param>
    /// <param name="configure">What is special about it.</param>
    public static async Task<BenchmarkHost> StartAsync(string authority, HttpMessageHandler backchannel, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        _ = builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddCibaAuthentication(options =>
        {
            options.Authority = authority;
            options.ClientId = Registration.ClientId;
            options.ClientSecret = Registration.Secret;
            options.IdTokenSigningAlgorithms = ["ES256"];
            options.BackchannelHttpHandler = backchannel;
            options.StartLimits.Enabled = false;
        });
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        _ = app.UseAuthentication();
        app.MapGet("/me", (HttpContext context) => context.ChallengeAsync());
        await app.StartAsync();
        var host = new BenchmarkHost(app);
        return await host.Method.Client.Provider.GetAsync() is ProviderMetadataResult.Usable
            ? host
            : throw new InvalidOperationException("The OP's metadata cannot be had.");
    }

    /// <summary>Adds a login as if the OP had just acknowledged it: on the record, owned, in the poller's queue.</summary>
    /// <param name="authReqId">The OP's id.</param>
    /// <param name="interval">The OP's interval.</param>
    /// <param name="firstPollIn">When the first poll is due.</param>
    /// <param name="handle">The browser's right to it.</param>
    /// <param name="lifetime">The OP's lifetime; an hour where nothing is said.</param>
    public async Task<PendingLogin> AddLoginAsync(string authReqId, TimeSpan interval, TimeSpan firstPollIn, string? handle = null, TimeSpan? lifetime = null)
    {
        var now = Logins.Now;
        var starting = new PendingLogin
        {
            Id = AttemptForm.IdOf(handle ?? NewHandle()),
            Method = Method.Scheme,
            Version = 1,
            State = PendingLoginState.Starting,
            Owner = Poller.Node,
            Deadline = now + TimeSpan.FromMinutes(1),
            StartedAt = now,
            HintHash = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)),
            AddressHash = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)),
            Details = new PendingLoginDetails
            {
                Reference = authReqId[..8],
                LoginHint = $"{authReqId[..12]}@example.com",
                TypedHint = $"{authReqId[..12]}@example.com",
                BindingCode = "BCDFGH",
                BindingMessage = "Sign in to the shop: BCDFGH",
                Content = new RequestContent { Scope = ["openid"] },
                CountedFor = TimeSpan.FromMinutes(15),
                ClientFingerprint = Method.ClientFingerprint,
                Properties = PropertiesSerializer.Default.Serialize(new AuthenticationProperties { RedirectUri = "/" + new string('r', 99) }),
            },
        };
        var acknowledgedAt = Poller.Clock + firstPollIn - interval;
        var schedule = PollSchedule.Begin(
            Poller.Clock, acknowledgedAt, new BackchannelAuthenticationResponse.Acknowledged(authReqId, lifetime ?? TimeSpan.FromHours(1), interval), Method.PollSettings);
        var waiting = starting.Acknowledge(authReqId, interval, now, now + (schedule.Deadline - Poller.Clock))!;
        _ = await Logins.CreateAsync(starting, CancellationToken.None);
        var slot = Poller.Expect(Method, waiting, schedule);
        _ = await Logins.TryReplaceAsync(waiting, CancellationToken.None);
        Poller.Begin(slot, waiting);
        return waiting;
    }

    /// <summary>Adds a login that a browser waits for; no poll is due while it does.</summary>
    public async Task<WatchedLogin> AddWatchedAsync()
    {
        var handle = NewHandle();
        var interval = TimeSpan.FromMinutes(10);
        var login = await AddLoginAsync(Guid.NewGuid().ToString("N"), interval, interval, handle);
        var cookies = new HandleCookies(new DefaultHttpContext(), Method.Scheme, Method.Options, PathString.Empty, Logins.Now);
        return new WatchedLogin($"{Address}{Method.Options.CallbackPath}", login, $"{cookies.Name("Ciba")}.{login.Reference}={handle}.{Logins.Now.ToUnixTimeSeconds()}");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    // As the page draws it.
    private static string NewHandle() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
