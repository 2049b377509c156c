using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>An OP for one case: right in everything but what the test sets. It holds against the client what no client may do in any case.</summary>
internal sealed class CaseOp(ManualTimeProvider clock) : HttpMessageHandler
{
    public const string Issuer = "https://op.example";
    public const string AuthReqId = "465382f0-2375-452c-807e-f326d329ecfe";
    public const string AccessToken = "an-access-token";
    public const string RefreshToken = "a-refresh-token";

    private readonly Lock _gate = new();
    private readonly List<CaseCall> _calls = [];
    private int _pollsUnderWay;

    public JsonObject Metadata { get; } = new()
    {
        ["issuer"] = Issuer,
        ["backchannel_authentication_endpoint"] = $"{Issuer}/backchannel",
        ["token_endpoint"] = $"{Issuer}/token",
        ["jwks_uri"] = $"{Issuer}/jwks",
        ["grant_types_supported"] = new JsonArray("urn:openid:params:grant-type:ciba"),
        ["backchannel_token_delivery_modes_supported"] = new JsonArray("poll", "ping", "push"),
    };

    public JsonObject Keys { get; set; } = OpKeys.Published;

    public Func<HttpResponseMessage> Acknowledge { get; set; } = () => Json(new JsonObject { ["auth_req_id"] = AuthReqId, ["expires_in"] = 300, ["interval"] = 5 });

    /// <summary>Holds the acknowledgement back.</summary>
    public Func<Task> BeforeAcknowledgement { get; set; } = () => Task.CompletedTask;

    /// <summary>Answers the poll of a number, counted from 1.</summary>
    public Func<int, CancellationToken, Task<HttpResponseMessage>> Poll { get; set; } = (_, _) => Task.FromResult(Error("authorization_pending"));

    public IReadOnlyList<CaseCall> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>The form of the authentication request.</summary>
    public IReadOnlyDictionary<string, string> Request => Calls.Last(call => call.Path == "/backchannel").Form;

    public DateTimeOffset AcknowledgedAt { get; private set; }

    public bool PollsOverlapped { get; private set; }

    /// <summary>Whether a request is held by <see cref="HoldAsync"/>.</summary>
    public bool IsHolding { get; private set; }

    /// <summary>When polls came, in seconds from the acknowledgement.</summary>
    public IEnumerable<double> PollTimes => Calls.Where(call => call.Path == "/token").Select(call => (call.At - AcknowledgedAt).TotalSeconds);

    public int Count(string path) => Calls.Count(call => call.Path == path);

    public static HttpResponseMessage Json(JsonNode body, int status = 200) =>
        new((HttpStatusCode)status) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Raw(string body, int status = 200) =>
        new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Error(string code, int status = 400) => Json(new JsonObject { ["error"] = code }, status);

    /// <summary>The answer that carries the tokens.</summary>
    public HttpResponseMessage Tokens(Action<IdToken>? idToken = null, Action<JsonObject>? answer = null)
    {
        var tokens = new JsonObject
        {
            ["access_token"] = AccessToken,
            ["token_type"] = "Bearer",
            ["expires_in"] = 600,
            ["id_token"] = NewIdToken(idToken).Sign(),
        };
        answer?.Invoke(tokens);
        return Json(tokens);
    }

    public IdToken NewIdToken(Action<IdToken>? spoil = null)
    {
        var now = clock.GetUtcNow();
        var token = new IdToken
        {
            Claims = new JsonObject
            {
                ["iss"] = Issuer,
                ["sub"] = IdToken.Subject,
                ["aud"] = ClientMaterial.ClientId,
                ["iat"] = now.ToUnixTimeSeconds(),
                ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
                ["at_hash"] = IdToken.Hash(AccessToken),
                ["acr"] = "high",
            },
        };
        spoil?.Invoke(token);
        return token;
    }

    /// <summary>Holds a request for a while, or until the client gives up.</summary>
    public async Task HoldAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timer = clock.CreateTimer(_ => End(), null, time, Timeout.InfiniteTimeSpan);
        await using var giveUp = cancellationToken.Register(End);

        // Said when the timer is set, not before: a clock that moved on between would hold it longer.
        IsHolding = !over.Task.IsCompleted;
        await over.Task;
        cancellationToken.ThrowIfCancellationRequested();

        // Said inside the step of the clock that ends it, so that no further step is taken meanwhile.
        void End()
        {
            IsHolding = false;
            _ = over.TrySetResult();
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var call = new CaseCall(request.RequestUri!, clock.GetUtcNow(), request.Headers.ToString(), body);
        lock (_gate)
        {
            _calls.Add(call);
        }

        switch (call.Path)
        {
            case "/.well-known/openid-configuration":
                return Json(Metadata);
            case "/jwks":
                return Json(Keys);
            case "/backchannel":
                await BeforeAcknowledgement();
                AcknowledgedAt = clock.GetUtcNow();
                return Acknowledge();
            default:
                return await PollAsync(cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> PollAsync(CancellationToken cancellationToken)
    {
        PollsOverlapped |= Interlocked.Increment(ref _pollsUnderWay) > 1;
        try
        {
            return await Poll(Count("/token"), cancellationToken);
        }
        finally
        {
            _ = Interlocked.Decrement(ref _pollsUnderWay);
        }
    }
}

/// <summary>One request of the client.</summary>
/// <param name="Address">Where to.</param>
/// <param name="At">When.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Body">Its body.</param>
internal sealed record CaseCall(Uri Address, DateTimeOffset At, string Headers, string Body)
{
    public string Path => Address.AbsolutePath;

    public IReadOnlyDictionary<string, string> Form =>
        Body.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
}
