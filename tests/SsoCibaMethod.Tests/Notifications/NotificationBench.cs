using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Client;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Polling;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Notifications;

/// <summary>An application whose OP calls, and the OP in the test's hands.</summary>
internal sealed class NotificationBench : IAsyncDisposable
{
    public const string Address = "https://app.example/signin-ciba/notification";

    private readonly HttpMessageInvoker _caller;

    private NotificationBench(CibaTestHost host, ScriptedOp op)
    {
        Host = host;
        Op = op;
        Op.Clock = host.Clock;
        Browser = host.CreateBrowser();
        _caller = new HttpMessageInvoker(host.CreateHandler());
    }

    public CibaTestHost Host { get; }

    public ScriptedOp Op { get; }

    public TestBrowser Browser { get; }

    public PendingLoginService Logins => Host.Services.GetRequiredService<PendingLoginService>();

    /// <summary>The token of the last request.</summary>
    public string Token => Op.Starts[^1]["client_notification_token"]!;

    public static async Task<NotificationBench> StartAsync(
        TokenDeliveryMode mode,
        Action<CibaOptions>? configure = null,
        Action<WebApplicationBuilder>? services = null,
        Action<WebApplication>? pipeline = null,
        Action<ScriptedOp>? script = null)
    {
        var op = new ScriptedOp();
        script?.Invoke(op);
        return new NotificationBench(
            await CibaTestHost.StartAsync(
                options =>
                {
                    options.Authority = ScriptedOp.Issuer;
                    options.BackchannelHttpHandler = op;
                    options.IdTokenSigningAlgorithms = ["ES256"];
                    options.TokenDeliveryMode = mode;
                    configure?.Invoke(options);
                },
                services: services,
                pipeline: pipeline),
            op);
    }

    /// <summary>Starts a login in the browser; the OP has acknowledged it.</summary>
    public Task<TestPage> BeginAsync(string hint = "alice") => Host.BeginAsync(Browser, hint);

    /// <summary>Where the login on a page stands, in the words of the status address.</summary>
    public async Task<string> StateAsync(TestPage page)
    {
        await Host.SettleAsync();
        var status = page.Document.QuerySelector("[data-watch]")!.GetAttribute("data-watch")!;
        return JsonNode.Parse((await Browser.SendAsync(HttpMethod.Get, status)).Body)!["state"]!.GetValue<string>();
    }

    /// <summary>Lets time pass a second at a time, everything that becomes due being done.</summary>
    public async Task AdvanceAsync(int seconds)
    {
        // A call may just have woken the poller: between its reading of the clock and its setting of the timer the clock must stand.
        await Host.SettleAsync();
        for (var i = 0; i < seconds; i++)
        {
            Host.Clock.Advance(TimeSpan.FromSeconds(1));
            await Host.SettleAsync();
        }
    }

    public async Task<HttpStatusCode> CallAsync(string? token, JsonNode body) => (await SendAsync(Request(token, body.ToJsonString()))).StatusCode;

    public Task<HttpStatusCode> PingAsync(string? token, string authReqId = "id-1") => CallAsync(token, new JsonObject { ["auth_req_id"] = authReqId });

    public Task<HttpStatusCode> PushAsync(JsonObject tokens, string authReqId = "id-1", string? token = null)
    {
        tokens["auth_req_id"] = authReqId;
        return CallAsync(token ?? Token, tokens);
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _caller.SendAsync(request, CancellationToken.None);

    public static HttpRequestMessage Request(string? token, string body, string type = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Address) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = type.Length == 0 ? null : MediaTypeHeaderValue.Parse(type);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return request;
    }

    /// <summary>Waits until the poller works for so many logins.</summary>
    public async Task PolledAsync(int count)
    {
        while (Host.Services.GetRequiredService<LoginPoller>().Count != count)
        {
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _caller.Dispose();
        Browser.Dispose();
        await Host.DisposeAsync();
        Op.Dispose();
    }
}
