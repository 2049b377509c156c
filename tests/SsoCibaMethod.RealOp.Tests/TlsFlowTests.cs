using System.Threading.Channels;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>A program that asks and waits in one call, or goes on with a handle after a restart.</summary>
public sealed class TlsFlowTests(TlsOp tls) : IClassFixture<TlsOp>
{
    private RealOp Op => tls.Op;

    [RealOpFact]
    [Trait("Spec", "C-61")]
    [Trait("Spec", "C-63")]
    public async Task AsksAndPollsInOneCall()
    {
        await Op.AddAccountAsync(new("polled"));
        using var client = await RegisterAsync("polled");
        var progress = new Progress();

        var authenticating = client.Protocol.AuthenticateAsync(new() { LoginHint = "polled", BindingMessage = "W4SCT" }, progress);
        var acknowledged = await progress.ExpectAsync<CibaProgress.Acknowledged>();
        await progress.ExpectAsync<CibaProgress.Polled>();
        await Op.ApproveAsync("polled");
        var approved = Assert.IsType<CibaAuthenticationResult.Approved>(await authenticating);

        Assert.Equal((Op.Issuer, "polled"), (approved.Issuer, approved.Subject));
        Assert.Equal("W4SCT", acknowledged.BindingMessage);
        var seen = (await Op.SeenAsync()).Request(acknowledged.Pending.AuthReqId);
        var instants = seen.Polls.Select(poll => poll.At).Prepend(seen.AcknowledgedAt).ToList();
        Assert.All(instants.Zip(instants.Skip(1), (one, next) => next - one), pause => Assert.InRange(pause, TlsOp.Interval * 1000, long.MaxValue));
        Assert.DoesNotContain(seen.Polls, poll => poll.Overlapping);
        Assert.Null(seen.Polls[^1].Error);
    }

    [RealOpFact]
    [Trait("Spec", "C-67")]
    public async Task DeclineEndsTheWait()
    {
        await Op.AddAccountAsync(new("declines", Mode: PhoneMode.Decline));
        using var client = await RegisterAsync("declines");

        Assert.IsType<CibaAuthenticationResult.Declined>(await client.Protocol.AuthenticateAsync(new() { LoginHint = "declines" }));
    }

    [RealOpTheory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Spec", "C-81")]
    [Trait("Spec", "C-83")]
    public async Task PingEndsTheWaitAtOnceWithOneTokenRequest(bool isApproved)
    {
        var name = isApproved ? "pinged" : "pinged-declines";
        await Op.AddAccountAsync(new(name));
        PendingAuthentication? pending = null;
        await using var listener = await NotificationListener.StartAsync(
            tls.Authority, (token, body) => pending!.Notify(token, CibaNotification.Read(body, TokenDeliveryMode.Ping)));
        using var client = await RegisterAsync(name, listener.Address);
        var progress = new Progress();

        var authenticating = client.Protocol.AuthenticateAsync(
            new() { LoginHint = name, ClientNotificationToken = BackchannelAuthenticationRequest.CreateNotificationToken() }, progress);
        pending = (await progress.ExpectAsync<CibaProgress.Acknowledged>()).Pending;
        await (isApproved ? Op.ApproveAsync(name) : Op.DeclineAsync(name));
        var result = await authenticating;

        Assert.Equal(isApproved ? typeof(CibaAuthenticationResult.Approved) : typeof(CibaAuthenticationResult.Declined), result.GetType());
        var seen = await Op.SeenAsync();
        var call = Assert.Single(seen.Calls, call => call.AuthReqId == pending.AuthReqId);
        Assert.Equal((listener.Address, 204), (call.Url, call.Status));
        Assert.Equal(isApproved ? null : "access_denied", Assert.Single(seen.Request(pending.AuthReqId).Polls).Error);
    }

    [RealOpFact]
    public async Task HandleOutlivesTheProgram()
    {
        await Op.AddAccountAsync(new("restarted"));
        string text;
        using (var first = await RegisterAsync("restarted"))
        {
            BackchannelAuthenticationRequest request = new() { LoginHint = "restarted", AcrValues = ["urn:example:loa2"] };
            var acknowledged = Assert.IsType<BackchannelAuthenticationResponse.Acknowledged>(await first.Protocol.StartAsync(request));
            text = PendingAuthentication.Begin(request, acknowledged).Serialize();
        }

        await Op.ApproveAsync("restarted");
        using var second = await RegisterAsync("restarted");
        var result = await second.Protocol.WaitAsync(PendingAuthentication.Parse(text));

        Assert.Equal("restarted", Assert.IsType<CibaAuthenticationResult.Approved>(result).Subject);
    }

    private Task<DirectClient> RegisterAsync(string name, string? notificationEndpoint = null)
    {
        RealOpClient registration = new(name)
        {
            ClientSecret = CibaHost.Secret,
            DeliveryMode = notificationEndpoint is null ? "poll" : "ping",
            NotificationEndpoint = notificationEndpoint,
        };
        CibaClientSettings settings = new()
        {
            ClientId = name,
            Authentication = new ClientSecretBasic(CibaHost.Secret),
            TokenDeliveryMode = notificationEndpoint is null ? TokenDeliveryMode.Poll : TokenDeliveryMode.Ping,
        };
        return DirectClient.RegisterAsync(tls, registration, settings);
    }

    // Progress<T> of the framework tells on another thread, some time later.
    private sealed class Progress : IProgress<CibaProgress>
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        private readonly Channel<CibaProgress> _told = Channel.CreateUnbounded<CibaProgress>();

        public void Report(CibaProgress value) => _told.Writer.TryWrite(value);

        public async Task<T> ExpectAsync<T>()
            where T : CibaProgress
        {
            using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
            return Assert.IsType<T>(await _told.Reader.ReadAsync(limit.Token));
        }
    }
}
