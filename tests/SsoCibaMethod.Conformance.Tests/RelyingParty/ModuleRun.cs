using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>One module played in one variant: an OP, an application, and a user who types a hint and waits.</summary>
internal sealed class ModuleRun : IAsyncDisposable
{
    // The suite's OP calls 10 seconds after its acknowledgement (K-4), and listens for 5 after an answer that must end it (K-6).
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(6);

    private readonly Module _module;
    private readonly Variant _variant;

    private ModuleRun(Module module, Variant variant, ScriptedOp op, RelyingPartyHost host)
    {
        _module = module;
        _variant = variant;
        Op = op;
        Host = host;
    }

    public ScriptedOp Op { get; }

    public RelyingPartyHost Host { get; }

    private OpState State => Op.State;

    public static async Task<ModuleRun> StartAsync(OpListener listener, Module module, Variant variant)
    {
        var clock = new ManualTimeProvider();
        var op = listener.Add(variant, module.Play, clock);
        var host = await RelyingPartyHost.StartAsync(clock, ClientSettings.Of(op.State.Facts, listener.Material));
        return new ModuleRun(module, variant, op, host);
    }

    /// <summary>Plays the module to its end and through the time in which nothing more may come.</summary>
    /// <returns>The subject of the user who is signed in then; null where nobody is.</returns>
    public async Task<string?> PlayAsync()
    {
        var keys = await Host.Browser.SendAsync(HttpMethod.Get, "/signin-ciba/jwks");
        State.ClientKeys = ClientKeySet.Read(JsonNode.Parse(keys.Body)!.AsObject(), Op.Findings);

        var form = await Host.Browser.OpenAsync("/me");
        var waiting = await Host.Browser.SubmitAsync(form, "form", ("login_hint", "alice"));
        if (_variant.IsPing && State.EndedAt is null)
        {
            await Host.AdvanceAsync(PingAfter);
            await PingAsync();
        }

        await Host.AdvanceAsync(Longest, () => State.EndedAt is not null);
        if (!_module.IsPositive)
        {
            await ListenAsync();
        }

        await Host.SettleAsync();
        var subject = await SubjectAsync(waiting);

        // Tokens are the end, too.
        await Host.AdvanceAsync(TimeSpan.FromMinutes(1), step: TimeSpan.FromSeconds(1));
        return subject;
    }

    public async ValueTask DisposeAsync() => await Host.DisposeAsync();

    private async Task PingAsync()
    {
        var token = State.Login!.Claims.Text("client_notification_token");
        using var http = new HttpMessageInvoker(Host.CreateHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://app.example/signin-ciba/notification")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token + _module.Play.PingSuffix) },
            Content = new StringContent(new JsonObject { ["auth_req_id"] = State.Login.AuthReqId }.ToJsonString(), Encoding.UTF8, "application/json"),
        };

        // The OP counts the client as pinged before the answer is there: the poll may come first.
        var isRight = _module.Play.PingSuffix.Length == 0;
        State.Login.IsPinged = isRight;
        using var response = await http.SendAsync(request, CancellationToken.None);
        Op.Findings.Require(
            response.StatusCode == (isRight ? HttpStatusCode.NoContent : HttpStatusCode.Unauthorized), isRight ? "C-82" : "K-37", $"the ping was answered with {(int)response.StatusCode}");
        if (isRight)
        {
            // By the real clock: what a ping wakes has no time to wait for on the test's clock.
            await Host.UntilAsync(() => State.EndedAt is not null);
        }
        else
        {
            State.EndedAt = Host.Clock.GetUtcNow();
        }
    }

    private async Task ListenAsync()
    {
        Assert.NotNull(State.EndedAt);

        // The suite goes no further than 5 seconds; where the login has ended, nothing may come at all. After a refused ping the slow polls behind it go on.
        var isOver = _module.Play.PingSuffix.Length == 0;
        var listening = isOver ? Longest : Listening;
        Op.SilenceUntil = Host.Clock.GetUtcNow() + listening;
        await Host.AdvanceAsync(listening - TimeSpan.FromSeconds(1), step: TimeSpan.FromSeconds(1));
    }

    private async Task<string?> SubjectAsync(TestPage waiting)
    {
        _ = await Host.Browser.OpenAsync(waiting.Address.ToString());
        var me = await Host.Browser.SendAsync(HttpMethod.Get, "/me");
        return me.Status == HttpStatusCode.OK
            ? JsonNode.Parse(me.Body)!.AsArray().Where(claim => (string?)claim![0] == "sub").Select(claim => (string?)claim![1]).Single()
            : null;
    }
}
