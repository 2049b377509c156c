using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>The whole handler before an OP for one case: a user types a hint, waits, and comes back.</summary>
internal sealed class CaseHost : IAsyncDisposable
{
    private TestPage? _page;

    private CaseHost(CaseOp op, RelyingPartyHost host)
    {
        Op = op;
        Host = host;
    }

    public CaseOp Op { get; }

    public RelyingPartyHost Host { get; }

    public TestPage Page => _page!;

    /// <summary>Where the waiting page looks for news.</summary>
    public string StatusAddress => Page.Document.QuerySelector("[data-watch]")!.GetAttribute("data-watch")!;

    public static async Task<CaseHost> StartAsync(
        Action<CaseOp>? op = null, IReadOnlyDictionary<string, string?>? settings = null, Action<CibaOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var clock = new ManualTimeProvider();
        var caseOp = new CaseOp(clock);
        op?.Invoke(caseOp);
        return new CaseHost(caseOp, await StartHostAsync(clock, caseOp, settings, configure, services));
    }

    public static Task<RelyingPartyHost> StartHostAsync(
        ManualTimeProvider clock, HttpMessageHandler op, IReadOnlyDictionary<string, string?>? settings = null, Action<CibaOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var all = new Dictionary<string, string?>
        {
            ["Authority"] = CaseOp.Issuer,
            ["ClientId"] = ClientMaterial.ClientId,
            ["ClientSecret"] = "a-client-secret-that-is-long-enough",
            ["IdTokenSigningAlgorithms:0"] = "PS256",
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
        {
            all[name] = value;
        }

        return RelyingPartyHost.StartAsync(
            clock,
            all,
            options =>
            {
                options.BackchannelHttpHandler = op;
                configure?.Invoke(options);
            },
            services);
    }

    /// <summary>An application whose OP calls it.</summary>
    public static Task<CaseHost> StartAsync(string mode, Action<CaseOp>? op = null, Action<IServiceCollection>? services = null) =>
        StartAsync(op, new Dictionary<string, string?> { ["TokenDeliveryMode"] = mode }, services: services);

    /// <summary>Types the hint and sends it.</summary>
    public async Task<TestPage> BeginAsync() =>
        _page = await Host.Browser.SubmitAsync(await Host.Browser.OpenAsync("/me"), "form", ("login_hint", "alice"));

    public async Task<string> StateAsync() =>
        JsonDocument.Parse((await Host.Browser.SendAsync(HttpMethod.Get, StatusAddress)).Body).RootElement.GetProperty("state").GetString()!;

    /// <summary>Lets time go on until the login is no longer waiting.</summary>
    /// <returns>How it ended.</returns>
    public async Task<string> EndAsync(int seconds = 400)
    {
        for (var i = 0; i < seconds; i++)
        {
            if (await StateAsync() is var state and not "waiting")
            {
                // Of an end that the poller did not make itself, such as a cancel, it hears a moment later.
                await Host.UntilAsync(() => Host.Poller.Count == 0);
                return state;
            }

            await Host.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        return "waiting";
    }

    /// <summary>Lets time go on though the OP may be holding a poll.</summary>
    public async Task AdvanceHoldingAsync(TimeSpan by)
    {
        await Host.UntilAsync(IsAtRest);
        var end = Host.Clock.GetUtcNow() + by;
        while (Host.Clock.GetUtcNow() < end)
        {
            Host.Clock.Advance(TimeSpan.FromMilliseconds(20));
            await Host.UntilAsync(IsAtRest);
        }

        bool IsAtRest() => Host.IsAtRest() || (Host.IsAtRest(underWay: 1) && Op.IsHolding);
    }

    /// <summary>The user's browser comes back to the page.</summary>
    /// <returns>The subject who is signed in; null where nobody is.</returns>
    public async Task<string?> SubjectAsync()
    {
        _page = await Host.Browser.OpenAsync(Page.Address.ToString());
        var me = await Host.Browser.SendAsync(HttpMethod.Get, "/me");
        return me.Status == HttpStatusCode.OK
            ? JsonNode.Parse(me.Body)!.AsArray().Where(claim => (string?)claim![0] == "sub").Select(claim => (string?)claim![1]).Single()
            : null;
    }

    /// <summary>Lets ten minutes pass and says which endpoints were called in them; keys may be read at any time.</summary>
    public async Task<IEnumerable<string>> CallsFromNowOnAsync()
    {
        var before = Op.Calls.Count;
        await Host.AdvanceAsync(TimeSpan.FromMinutes(10), step: TimeSpan.FromSeconds(1));
        return Op.Calls.Skip(before).Select(call => call.Path).Where(path => path is not ("/jwks" or "/.well-known/openid-configuration"));
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Op.Dispose();
    }
}
