using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SsoCibaMethod.Client;
using SsoCibaMethod.Methods;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Polling;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Polling;

/// <summary>The real poller over the real client and the in-memory store; only the clock and the wire to the OP are the test's.</summary>
internal sealed class PollerBench : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private readonly Task _running;

    public PollerBench(TroubledStore? store = null)
    {
        Store = store?.On(Clock) ?? (IPendingLoginStore)new InMemoryPendingLoginStore(Clock);
        var reports = Reports.On(Clock, Log);
        Healths = new OpHealths(Clock, Reports.Logger(Log));
        Logins = new PendingLoginService(Store, new PendingLoginProtector(new EphemeralDataProtectionProvider()), reports, Clock);
        Poller = new LoginPoller(Logins, new IdTokenChecks(_services.GetRequiredService<IServiceScopeFactory>()), Healths, reports, Clock, Reports.Logger(Log));
        StartedAt = Poller.Clock;
        _running = Poller.RunAsync(_stop.Token);
    }

    public ManualTimeProvider Clock { get; } = new();

    public CapturedLog Log { get; } = new();

    public TimeSpan StartedAt { get; }

    /// <summary>How long it takes to reach the OP before the request leaves.</summary>
    public TimeSpan ConnectingTakes { get; set; }

    public bool Connecting { get; private set; }

    /// <summary>What happens between the creation of a login and its acknowledgement.</summary>
    public Action WhileAsked { get; set; } = () => { };

    public IPendingLoginStore Store { get; }

    public PendingLoginService Logins { get; }

    public LoginPoller Poller { get; }

    public OpHealths Healths { get; }

    /// <summary>A method whose OP answers polls as the test says.</summary>
    public CibaMethod Method(string scheme, Func<string, Task<HttpResponseMessage>> answer) => CibaMethod.Create(
        scheme,
        new CibaOptions
        {
            Authority = "https://op.example",
            ClientId = "app",
            ClientSecret = "secret",
            IdTokenSigningAlgorithms = ["RS256"],
            BackchannelHttpHandler = new Wire(this, answer),
        },
        Clock,
        NullLogger.Instance);

    /// <summary>A login of the method that the OP has just acknowledged.</summary>
    public async Task<PendingLogin> WaitAsync(CibaMethod method, string authReqId, int expiresIn = 300, int? interval = null)
    {
        var starting = new PendingLogin
        {
            Id = authReqId,
            Method = method.Scheme,
            Version = 1,
            State = PendingLoginState.Starting,
            Owner = Poller.Node,
            Deadline = Clock.GetUtcNow() + TimeSpan.FromMinutes(1),
            Details = new PendingLoginDetails { Reference = "attempt1", LoginHint = "alice", BindingCode = "BCDFGH", Properties = [] },
        };
        Assert.True(await Logins.CreateAsync(starting, default));
        var acknowledgement = new BackchannelAuthenticationResponse.Acknowledged(
            authReqId, TimeSpan.FromSeconds(expiresIn), interval is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        var schedule = PollSchedule.Begin(Poller.Clock, Poller.Clock, acknowledgement, method.PollSettings);
        var waiting = starting.Acknowledge(authReqId, schedule.Interval, Clock.GetUtcNow(), Clock.GetUtcNow() + (schedule.Deadline - Poller.Clock))!;
        WhileAsked();
        var slot = Poller.Expect(method, waiting, schedule);
        Assert.True(await Logins.TryReplaceAsync(waiting, default));
        Poller.Begin(slot, waiting);
        return waiting;
    }

    /// <summary>A slot of a login whose OP never answers, for what handles slots without the poller.</summary>
    /// <param name="authReqId">The login; its method has the same name.</param>
    /// <param name="now">The present, by the clock of whoever handles it.</param>
    /// <param name="dueIn">When its next poll is due.</param>
    public async Task<PollSlot> SlotAsync(string authReqId, TimeSpan now, TimeSpan dueIn)
    {
        var method = Method(authReqId, _ => new TaskCompletionSource<HttpResponseMessage>().Task);
        return new PollSlot(method, await WaitAsync(method, authReqId), PollSchedule.Resume(now, dueIn, TimeSpan.FromSeconds(300), method.PollSettings));
    }

    public async Task AdvanceAsync(TimeSpan by)
    {
        Clock.Advance(by);
        await SettleAsync();
    }

    public async Task SettleAsync()
    {
        while (!Poller.IsAtRest())
        {
            await Task.Yield();
        }
    }

    public async Task<PendingLoginState> StateAsync(PendingLogin login) => (await Logins.FindAsync(login.Id, default))!.State;

    public async ValueTask DisposeAsync()
    {
        await Poller.StopAsync();
        await _stop.CancelAsync();
        await _running.ContinueWith(_ => { }, TaskScheduler.Default);
        Poller.Dispose();
        _stop.Dispose();
        await _services.DisposeAsync();
    }

    public static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Error(string code) => Json($$"""{"error":"{{code}}"}""", HttpStatusCode.BadRequest);

    private sealed class Wire(PollerBench bench, Func<string, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        private static readonly ConcurrentDictionary<string, string> Documents = new()
        {
            ["/.well-known/openid-configuration"] =
                """{"issuer":"https://op.example","backchannel_authentication_endpoint":"https://op.example/bc","token_endpoint":"https://op.example/token","jwks_uri":"https://op.example/jwks"}""",
            ["/jwks"] = """{"keys":[]}""",
        };

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Documents.TryGetValue(request.RequestUri!.AbsolutePath, out var document))
            {
                return Json(document);
            }

            if (bench.ConnectingTakes > TimeSpan.Zero)
            {
                var connected = Task.Delay(bench.ConnectingTakes, bench.Clock, cancellationToken);
                bench.Connecting = true;
                await connected;
            }

            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            var authReqId = body.Split('&').Single(part => part.StartsWith("auth_req_id=", StringComparison.Ordinal))["auth_req_id=".Length..];
            return await answer(authReqId).WaitAsync(cancellationToken);
        }
    }
}
