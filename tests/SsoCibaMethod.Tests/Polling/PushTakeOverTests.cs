using Microsoft.Extensions.Logging.Abstractions;
using SsoCibaMethod.Client;
using SsoCibaMethod.Messages;
using SsoCibaMethod.Methods;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Polling;

/// <summary>A push whose login was taken over by a node that has not learnt yet who its OP is: what it brought is judged when that is known, and not by another OP's rules.</summary>
public sealed class PushTakeOverTests : IDisposable
{
    private readonly ScriptedOp _op = new();
    private readonly Wire _wire;

    public PushTakeOverTests() => _wire = new Wire { InnerHandler = _op }.At("/openid-configuration", 503, "");

    [Theory]
    [InlineData(ScriptedOp.Issuer, "app", PendingLoginState.Approved, null)]
    [InlineData(ScriptedOp.Issuer, "other", PendingLoginState.Failed, MessageKeys.LoginLost)]
    [InlineData("https://other.example", "app", PendingLoginState.Failed, MessageKeys.LoginLost)]
    public async Task Pushed_tokens_wait_until_it_is_known_who_the_OP_is_and_another_s_are_lost_by_name(string issuer, string clientId, PendingLoginState state, string? messageKey)
    {
        await using var bench = new PollerBench();
        var tokens = Tokens(bench, issuer, clientId);
        var login = await TakeOverAsync(bench, issuer, clientId, login => new ReceivedNotification(login, bench.Clock.GetUtcNow(), tokens));

        // Now and then, not without a pause.
        await PassAsync(bench, 20);
        Assert.InRange(_wire.Requests("/openid-configuration"), 2, 6);
        Assert.Equal(PendingLoginState.Waiting, await bench.StateAsync(login));

        _wire.Open();
        await PassAsync(bench, 10);

        var ended = await bench.Logins.FindAsync(login.Id, default);
        Assert.Equal((state, messageKey, 0), (ended!.State, ended.Details.MessageKey, bench.Poller.Count));
        Assert.Equal(messageKey is not null, bench.Log.Lines.Any(line => line.Id.Name == "LoginOfOtherClient"));
        Assert.Equal(0, _wire.Requests("/token"));
    }

    [Fact]
    public async Task They_wait_for_that_no_longer_than_for_keys()
    {
        await using var bench = new PollerBench();
        var tokens = Tokens(bench, ScriptedOp.Issuer, "app");
        var login = await TakeOverAsync(bench, ScriptedOp.Issuer, "app", login => new ReceivedNotification(login, bench.Clock.GetUtcNow(), tokens));

        await PassAsync(bench, 340);

        var ended = await bench.Logins.FindAsync(login.Id, default);
        Assert.Equal((PendingLoginState.Failed, MessageKeys.LoginUnavailable), (ended!.State, ended.Details.MessageKey));
    }

    [Fact]
    public async Task A_pushed_error_ends_the_login_whoever_the_OP_is()
    {
        await using var bench = new PollerBench();
        var login = await TakeOverAsync(bench, ScriptedOp.Issuer, "other", login =>
            new ReceivedNotification(login, bench.Clock.GetUtcNow(), Error: new CibaError(CibaErrorCode.AccessDenied, "access_denied", Description: null)));

        await bench.SettleAsync();

        Assert.Equal(PendingLoginState.Declined, await bench.StateAsync(login));
    }

    public void Dispose()
    {
        _wire.Dispose();
        _op.Dispose();
    }

    private TokenSet Tokens(PollerBench bench, string issuer, string clientId)
    {
        _op.Clock = bench.Clock;
        var pushed = _op.Tokens("id-1", claims => (claims["iss"], claims["aud"]) = (issuer, clientId));
        return new TokenSet { IdToken = pushed["id_token"]!.GetValue<string>(), AccessToken = pushed["access_token"]!.GetValue<string>(), TokenType = "Bearer" };
    }

    // Its record says what it began with; the method of this node is the app's, and names no issuer.
    private async Task<PendingLogin> TakeOverAsync(PollerBench bench, string issuer, string clientId, Func<string, ReceivedNotification> pushed)
    {
        var options = new CibaOptions
        {
            MetadataAddress = $"{ScriptedOp.Issuer}/.well-known/openid-configuration?v=1",
            ClientId = "app",
            ClientSecret = "secret",
            IdTokenSigningAlgorithms = ["ES256"],
            TokenDeliveryMode = TokenDeliveryMode.Push,
            BackchannelHttpHandler = _wire,
        };
        var method = CibaMethod.Create("Bank", options, bench.Clock, NullLogger.Instance);
        var starting = new PendingLogin
        {
            Id = "id",
            Method = method.Scheme,
            Version = 1,
            State = PendingLoginState.Starting,
            Owner = bench.Poller.Node,
            Deadline = bench.Clock.GetUtcNow() + TimeSpan.FromMinutes(1),
            Details = new PendingLoginDetails
            {
                Reference = "attempt1",
                LoginHint = "alice",
                BindingCode = "BCDFGH",
                Properties = [],
                DeliveryMode = TokenDeliveryMode.Push,
                Notification = pushed("id-1"),
            },
        };
        Assert.True(await bench.Logins.CreateAsync(starting, default));
        var lifetime = TimeSpan.FromMinutes(5);
        var waiting = starting.Acknowledge(
            "id-1", TimeSpan.FromSeconds(5), bench.Clock.GetUtcNow(), bench.Clock.GetUtcNow() + lifetime, ClientFingerprint.Of(issuer, clientId))!;
        Assert.True(await bench.Logins.TryReplaceAsync(waiting, default));
        bench.Poller.TakeOver(method, waiting, PollSchedule.Resume(bench.Poller.Clock, TimeSpan.FromSeconds(5), lifetime, method.PollSettings));
        return waiting;
    }

    private static async Task PassAsync(PollerBench bench, int seconds)
    {
        await bench.SettleAsync();
        for (var i = 0; i < seconds; i++)
        {
            await bench.AdvanceAsync(TimeSpan.FromSeconds(1));
        }
    }
}
