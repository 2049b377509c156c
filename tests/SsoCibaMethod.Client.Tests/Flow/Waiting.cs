using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Client.Tests;

/// <summary>A wait under way, its clock in the hand of the test. The clock moves only while the wait is parked on its one timer.</summary>
internal sealed class Waiting : IDisposable
{
    private readonly Stage _stage = new();
    private readonly CancellationTokenSource _cancellation = new();
    private Task<CibaAuthenticationResult>? _result;

    public Waiting(TokenDeliveryMode mode = TokenDeliveryMode.Poll, PollSettings? polling = null)
    {
        Op.Metadata["backchannel_token_delivery_modes_supported"] = new System.Text.Json.Nodes.JsonArray("poll", "ping", "push");
        _stage.Settings = new CibaClientSettings
        {
            ClientId = TestToken.ClientId,
            Authentication = new ClientSecretPost(TestKeys.Secret),
            IdTokenSigningAlgorithms = ["PS256"],
            TokenDeliveryMode = mode,
            Polling = polling ?? new PollSettings(),
        };
        Request = new BackchannelAuthenticationRequest
        {
            LoginHint = "johndoe",
            BindingMessage = "W4SCT",
            ClientNotificationToken = mode == TokenDeliveryMode.Poll ? null : NotificationToken,
        };
    }

    public static string NotificationToken { get; } = BackchannelAuthenticationRequest.CreateNotificationToken();

    public BackchannelAuthenticationRequest Request { get; set; }

    public FakeOp Op => _stage.Op;

    public ManualTimeProvider Time => _stage.Time;

    public CibaClient Client => _stage.Client;

    public ProgressLog Progress { get; } = new();

    public PendingAuthentication Pending => ((CibaProgress.Acknowledged)Progress.Seen[0]).Pending;

    public Task<CibaAuthenticationResult> Result => _result!;

    public int Polls => Op.Count("/oidc/token");

    public static HttpResponseMessage Tokens(TestToken? token = null) => FakeOp.Json(
        200, $$"""{"access_token":"{{TestToken.AccessToken}}","token_type":"Bearer","expires_in":60,"id_token":"{{token ?? new TestToken()}}"}""");

    public static HttpResponseMessage Error(string code, int status = 400) => FakeOp.Json(status, $$"""{"error":"{{code}}"}""");

    /// <summary>What the OP answers to the polls, one after the other; the last one for ever.</summary>
    public void Answers(params Func<HttpResponseMessage>[] answers)
    {
        var first = Polls;
        Op.Token = (_, _) => Task.FromResult(answers[Math.Min(Polls - first, answers.Length) - 1]());
    }

    public async Task BeginAsync()
    {
        _result = Client.AuthenticateAsync(Request, Progress, _cancellation.Token);
        await ParkedAsync(reports: 1);
    }

    public async Task ResumeAsync(PendingAuthentication pending)
    {
        // The metadata first: fetching it takes a timer too.
        _ = await Client.Provider.GetAsync();
        _result = Client.WaitAsync(pending, Progress, _cancellation.Token);
        await ParkedAsync(Progress.Count);
    }

    /// <summary>Moves to the instant of the next poll: none leaves before it, one at it, and the wait goes on.</summary>
    public async Task PollAfterAsync(TimeSpan wait)
    {
        var (polls, reports) = (Polls, Progress.Count);
        await NothingForAsync(wait - TimeSpan.FromMilliseconds(1));
        Time.Advance(TimeSpan.FromMilliseconds(1));
        await ParkedAsync(reports + 1);
        Assert.Equal(polls + 1, Polls);
    }

    /// <summary>Moves the clock through a time in which no timer is due.</summary>
    public Task NothingForAsync(TimeSpan wait)
    {
        var polls = Polls;
        Time.Advance(wait);
        Assert.Equal(1, Time.ActiveTimers);
        Assert.Equal(polls, Polls);
        return Task.CompletedTask;
    }

    /// <summary>Moves to the instant at which the wait ends.</summary>
    public async Task<CibaAuthenticationResult> EndAfterAsync(TimeSpan wait)
    {
        await NothingForAsync(wait - TimeSpan.FromMilliseconds(1));
        Time.Advance(TimeSpan.FromMilliseconds(1));
        return await EndAsync();
    }

    public async Task<CibaAuthenticationResult> EndAsync()
    {
        await Stage.Until(() => Result.IsCompleted);
        Assert.Equal(0, Time.ActiveTimers);
        return await Result;
    }

    public Task ParkedAsync(int reports) => Stage.Until(() => (Progress.Count == reports && Time.ActiveTimers == 1) || Result.IsCompleted);

    public bool Notify(string json) => Notify(json, NotificationToken);

    public bool Notify(string json, string? token) => Pending.Notify(
        token, CibaNotification.Read(System.Text.Encoding.UTF8.GetBytes(json), _stage.Settings!.TokenDeliveryMode));

    public void Cancel() => _cancellation.Cancel();

    public void Dispose()
    {
        _cancellation.Dispose();
        _stage.Dispose();
    }
}
