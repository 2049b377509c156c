using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>One module played in one variant: an OP, an application, and a user who types a hint, waits and comes back.</summary>
internal sealed class ModuleRun : IAsyncDisposable
{
    // The suite's OP calls 10 seconds after its acknowledgement (K-4).
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(6);

    // The suite listens for 5 seconds (K-6). Where the login has ended, nothing may come at all; after a refused ping the slow polls behind it go on.
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(5);

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

    private bool IsPingRight => _module.Play.PingSuffix.Length == 0;

    private TimeSpan Silence => IsPingRight ? Longest : Listening;

    public static async Task<ModuleRun> StartAsync(OpListener listener, Module module, Variant variant)
    {
        var clock = new ManualTimeProvider();
        var op = listener.Add(variant, module.Play, clock);
        var host = await RelyingPartyHost.StartAsync(
            clock,
            ClientSettings.Of(op.State.Facts, listener.Material),
            options => options.Events.OnTokenValidated = ResourceUse.OnTokenValidatedAsync,
            services =>
            {
                _ = services.AddResourceUse(op.State.Facts, listener.Material);
                if (variant.Profile == Variant.ConnectId)
                {
                    _ = services.AddSingleton<IIdTokenCheck, ConnectIdCheck>();
                }
            });
        return new ModuleRun(module, variant, op, host);
    }

    /// <summary>Plays the module to its end and through the time in which nothing more may come.</summary>
    public async Task<ModuleEnd> PlayAsync()
    {
        var keys = await Host.Browser.SendAsync(HttpMethod.Get, "/signin-ciba/jwks");
        State.ClientKeys = ClientKeySet.Read(JsonNode.Parse(keys.Body)!.AsObject(), Op.Findings);
        Op.Silence = _module.IsPositive ? TimeSpan.Zero : Silence;

        var form = await Host.Browser.OpenAsync("/me");
        var waiting = await Host.Browser.SubmitAsync(form, "form", ("login_hint", "alice"));
        if (_variant.IsPing && State.EndedAt is null)
        {
            await Host.AdvanceAsync(PingAfter);
            await PingAsync();
        }

        await Host.AdvanceAsync(Longest, () => State.EndedAt is not null);
        Assert.NotNull(State.EndedAt);
        var page = await Host.Browser.OpenAsync(waiting.Address.ToString());
        if (_module.IsPositive)
        {
            // Tokens are the end, too, once they were used.
            State.EndedAt = Host.Clock.GetUtcNow();
            Op.Silence = Silence;
        }

        await Host.AdvanceAsync(Silence, step: TimeSpan.FromSeconds(1));
        return new ModuleEnd(page, await SubjectAsync());
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
        State.Login.IsPinged = IsPingRight;
        State.EndedAt = IsPingRight ? null : Host.Clock.GetUtcNow();
        using var response = await http.SendAsync(request, CancellationToken.None);
        Op.Findings.Require(
            response.StatusCode == (IsPingRight ? HttpStatusCode.NoContent : HttpStatusCode.Unauthorized), IsPingRight ? "C-82" : "K-37", $"the ping was answered with {(int)response.StatusCode}");
        if (IsPingRight)
        {
            // By the real clock: what a ping wakes has no time to wait for on the test's clock.
            await Host.UntilAsync(() => State.EndedAt is not null);
        }
    }

    private async Task<string?> SubjectAsync()
    {
        var me = await Host.Browser.SendAsync(HttpMethod.Get, "/me");
        if (me.Status != HttpStatusCode.OK)
        {
            // The application sends whom it does not know to sign in.
            Assert.Equal(HttpStatusCode.Found, me.Status);
            return null;
        }

        return JsonNode.Parse(me.Body)!.AsArray().Where(claim => (string?)claim![0] == "sub").Select(claim => (string?)claim![1]).Single();
    }
}

/// <summary>How a module ended.</summary>
/// <param name="Page">What the user saw who came back to the page.</param>
/// <param name="Subject">The subject of the user who is signed in; null where nobody is.</param>
internal sealed record ModuleEnd(TestPage Page, string? Subject);
