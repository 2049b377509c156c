using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Tests;

public sealed class NotificationTests : IDisposable
{
    private const string Token = "8d67dc78-7faa-4d41-aabd-67707b374255";
    private const string AuthReqIdClaim = "urn:openid:params:jwt:claim:auth_req_id";
    private const string RefreshTokenHashClaim = "urn:openid:params:jwt:claim:rt_hash";

    private readonly NotificationEndpoint _client = new();
    private readonly HttpMessageInvoker _http;
    private readonly SimulatorHost _op;

    public NotificationTests()
    {
        _http = new HttpMessageInvoker(_client);
        _op = new SimulatorHost(options =>
        {
            options.NotificationHttp = _http;
            options.Clients.Add(Client("ping", CibaSimulatorDeliveryMode.Ping));
            options.Clients.Add(Client("push", CibaSimulatorDeliveryMode.Push));
        });
    }

    public void Dispose()
    {
        _op.Dispose();
        _http.Dispose();
    }

    [Theory]
    [Trait("Spec", "C-80")]
    [InlineData(CibaSimulatorDecision.Approve)]
    [InlineData(CibaSimulatorDecision.Decline)]
    [InlineData(CibaSimulatorDecision.Expire)]
    public async Task A_ping_holds_only_the_id_after_success_and_failure(CibaSimulatorDecision decision)
    {
        _op.Simulator.DecideNextFor("alice", decision);

        var id = await AskedAsync("ping");
        await NotifiedAsync(id);

        var ping = Assert.Single(_client.Received);
        Assert.Equal("https://client.example/notify", ping.Address.AbsoluteUri);
        Assert.Equal($"Bearer {Token}", ping.Authorization);
        Assert.Equal("application/json", ping.ContentType);
        Assert.Equal($$"""{"auth_req_id":"{{id}}"}""", ping.Body.GetRawText());
    }

    [Fact]
    [Trait("Spec", "C-83")]
    public async Task A_ping_client_may_poll_as_well()
    {
        var id = await AskedAsync("ping");

        Assert.Equal("authorization_pending", (await PollAsync("ping", id)).Error);
        _op.Simulator.Approve(id);
        await NotifiedAsync(id);
        Assert.True((await PollAsync("ping", id)).Has("id_token"));
    }

    [Fact]
    [Trait("Spec", "C-90")]
    [Trait("Spec", "C-91")]
    public async Task A_push_holds_the_tokens_bound_to_each_other_by_hashes()
    {
        _op.Simulator.ApproveNextFor("alice");

        var id = await AskedAsync("push", ("scope", "openid offline_access"));
        var request = await NotifiedAsync(id);

        var push = Assert.Single(_client.Received);
        var idToken = new JsonWebToken(push.Text("id_token"));
        Assert.Equal(id, push.Text("auth_req_id"));
        Assert.Equal(id, idToken.GetPayloadValue<string>(AuthReqIdClaim));
        Assert.Equal(Hash(push.Text("access_token")), idToken.GetPayloadValue<string>("at_hash"));
        Assert.Equal(Hash(push.Text("refresh_token")), idToken.GetPayloadValue<string>(RefreshTokenHashClaim));
        Assert.Equal(CibaSimulatorState.Redeemed, request.State);
    }

    [Fact]
    [Trait("Spec", "C-92")]
    public async Task What_binds_a_push_is_for_the_push_alone()
    {
        _op.Simulator.ApproveNextFor("alice");

        var token = new JsonWebToken((await PollAsync("ping", await AskedAsync("ping"))).Text("id_token"));

        Assert.False(token.TryGetClaim(AuthReqIdClaim, out _));
        Assert.False(token.TryGetClaim(RefreshTokenHashClaim, out _));
    }

    [Theory]
    [Trait("Spec", "C-97")]
    [InlineData(CibaSimulatorDecision.Decline, "access_denied")]
    [InlineData(CibaSimulatorDecision.Expire, "expired_token")]
    [InlineData(CibaSimulatorDecision.Fail, "transaction_failed")]
    public async Task A_push_tells_of_errors_too(CibaSimulatorDecision decision, string error)
    {
        _op.Simulator.DecideNextFor("alice", decision);

        var id = await AskedAsync("push");
        await NotifiedAsync(id);

        var push = Assert.Single(_client.Received);
        Assert.Equal(error, push.Text("error"));
        Assert.Equal(id, push.Text("auth_req_id"));
        Assert.False(push.Body.TryGetProperty("id_token", out _));
    }

    [Fact]
    [Trait("Spec", "C-72")]
    [Trait("Spec", "C-53")]
    public async Task A_push_client_may_not_poll_and_is_told_no_interval()
    {
        var answer = await AskAsync("push");

        Assert.False(answer.Has("interval"));
        Assert.Equal("unauthorized_client", (await PollAsync("push", answer.Text("auth_req_id"))).Error);
    }

    [Theory]
    [Trait("Spec", "C-13")]
    [InlineData(null, "The client_notification_token is missing.")]
    [InlineData("short", "The client_notification_token is too short for 128 random bits.")]
    [InlineData("8d67dc78 7faa-4d41-aabd-67707b374255", "The client_notification_token is not a bearer token.")]
    [InlineData("8d67=dc78-7faa-4d41-aabd-67707b374255", "The client_notification_token is not a bearer token.")]
    public async Task The_bearer_token_is_one(string? token, string reason) =>
        Assert.Equal(reason, (await AskAsync("ping", ("client_notification_token", token))).Text("error_description"));

    [Fact]
    [Trait("Spec", "C-13")]
    public async Task The_bearer_token_has_at_most_1024_characters_and_is_no_matter_to_a_poll_client()
    {
        Assert.Null((await AskAsync("ping", ("client_notification_token", new string('a', 1024)))).Error);
        Assert.Equal("invalid_request", (await AskAsync("ping", ("client_notification_token", new string('a', 1025)))).Error);
        Assert.Null((await _op.AskAsync(("client_notification_token", "short"))).Error);
    }

    [Theory]
    [Trait("Spec", "C-84")]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task A_refusal_is_written_down_and_not_repeated(HttpStatusCode status)
    {
        _client.Answer = status;
        _op.Simulator.ApproveNextFor("alice");

        var request = await NotifiedAsync(await AskedAsync("push"));

        Assert.Equal((int)status, Assert.Single(request.Notifications).Status);
        Assert.Equal(CibaSimulatorState.Approved, request.State);
        Assert.Equal((1, 1), (_op.Simulator.Counters.Notifications, _op.Simulator.Counters.RefusedNotifications));
    }

    [Fact]
    public async Task Nobody_there_is_written_down_too()
    {
        _client.IsDown = true;
        _op.Simulator.ApproveNextFor("alice");

        var notification = Assert.Single((await NotifiedAsync(await AskedAsync("ping"))).Notifications);

        Assert.Null(notification.Status);
        Assert.Equal("HttpRequestException", notification.Failure);
    }

    [Fact]
    public async Task A_client_that_never_answers_is_given_up()
    {
        _client.Busy = new TaskCompletionSource().Task;
        _op.Simulator.ApproveNextFor("alice");
        var id = await AskedAsync("ping");
        while (_client.Received.Count == 0)
        {
            await Task.Yield();
        }

        _op.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Null(Assert.Single((await NotifiedAsync(id)).Notifications).Status);
    }

    [Theory]
    [Trait("Spec", "K-37")]
    [InlineData(CibaSimulatorMisdelivery.WrongBearer, Token + "1", true)]
    [InlineData(CibaSimulatorMisdelivery.WrongAuthReqId, Token, false)]
    public async Task A_test_can_have_it_misdelivered(CibaSimulatorMisdelivery misdelivery, string bearer, bool rightId)
    {
        _op.Simulator.MisdeliverNext(misdelivery);
        _op.Simulator.ApproveNextFor("alice");

        var id = await AskedAsync("ping");
        await NotifiedAsync(id);

        var ping = Assert.Single(_client.Received);
        Assert.Equal($"Bearer {bearer}", ping.Authorization);
        Assert.Equal(rightId, ping.Text("auth_req_id") == id);
    }

    [Fact]
    [Trait("Spec", "C-85")]
    public async Task A_test_can_have_it_delivered_twice()
    {
        _op.Simulator.MisdeliverNext(CibaSimulatorMisdelivery.Duplicate);
        _op.Simulator.ApproveNextFor("alice");

        await NotifiedAsync(await AskedAsync("push"), times: 2);

        Assert.Equal(_client.Received[0].Body.GetRawText(), _client.Received[1].Body.GetRawText());
    }

    [Fact]
    [Trait("Spec", "C-85")]
    public async Task A_test_can_have_it_delivered_late()
    {
        _op.Simulator.MisdeliverNext(CibaSimulatorMisdelivery.Late);
        _op.Simulator.ApproveNextFor("alice");
        var id = await AskedAsync("ping");
        await PollAsync("ping", id);
        Assert.Empty(_client.Received);

        // Until the sender has come as far as to wait, there is nothing to release.
        while (_client.Received.Count == 0)
        {
            _op.Simulator.ReleaseNotifications();
            await Task.Yield();
        }

        Assert.True(Assert.Single((await NotifiedAsync(id)).Notifications).IsAccepted);
    }

    [Fact]
    [Trait("Spec", "C-87")]
    public async Task A_test_can_have_it_delivered_before_the_acknowledgement()
    {
        var answered = new TaskCompletionSource();
        _client.Busy = answered.Task;
        _op.Simulator.MisdeliverNext(CibaSimulatorMisdelivery.BeforeAcknowledgement);

        var asking = AskAsync("push");
        while (_client.Received.Count == 0)
        {
            await Task.Yield();
        }

        Assert.False(asking.IsCompleted);
        answered.SetResult();
        Assert.Equal(_client.Received[0].Text("auth_req_id"), (await asking).Text("auth_req_id"));
    }

    [Fact]
    [Trait("Spec", "C-87")]
    public async Task An_acknowledgement_that_is_overtaken_waits_no_longer_than_told()
    {
        _client.Busy = new TaskCompletionSource().Task;
        _op.Simulator.Options.AcknowledgementDelay = TimeSpan.FromSeconds(6);
        _op.Simulator.MisdeliverNext(CibaSimulatorMisdelivery.BeforeAcknowledgement);
        var asking = AskAsync("ping");
        while (_op.Clock.ActiveTimers < 2)
        {
            await Task.Yield();
        }

        _op.Clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Null((await asking).Error);
    }

    [Fact]
    [Trait("Spec", "C-83")]
    public async Task A_test_can_have_it_lost()
    {
        _op.Simulator.MisdeliverNext(CibaSimulatorMisdelivery.Never);
        _op.Simulator.ApproveNextFor("alice");
        _op.Simulator.ApproveNextFor("alice");

        await AskedAsync("ping");
        var second = await AskedAsync("ping");
        await NotifiedAsync(second);

        Assert.Equal(second, Assert.Single(_client.Received).Text("auth_req_id"));
        Assert.Equal(1, _op.Simulator.Counters.Notifications);
    }

    [Fact]
    public async Task The_bearer_token_is_given_to_a_test_and_stands_in_no_snapshot()
    {
        var id = await AskedAsync("ping");

        Assert.Equal(Token, _op.Simulator.NotificationTokenOf(id));
        Assert.DoesNotContain(Token, _op.Simulator.Requests[0].ToString(), StringComparison.Ordinal);
        Assert.Null(_op.Simulator.NotificationTokenOf("made-up"));
    }

    [Fact]
    [Trait("Spec", "C-4")]
    public async Task A_client_that_wants_notifications_needs_an_endpoint_for_them()
    {
        _op.Simulator.Options.Clients.Add(new("lost") { Secret = "other", TokenDeliveryMode = CibaSimulatorDeliveryMode.Ping, AuthenticationMethod = "client_secret_post" });

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync("lost"));

        Assert.Contains("NotificationEndpoint", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new CibaSimulatorClient("x") { NotificationEndpoint = new("http://client.example/") });
        Assert.NotNull(new CibaSimulatorClient("x") { NotificationEndpoint = new("http://localhost:5080/") }.NotificationEndpoint);
    }

    private static CibaSimulatorClient Client(string id, CibaSimulatorDeliveryMode mode) => new(id)
    {
        Secret = "other",
        AuthenticationMethod = "client_secret_post",
        TokenDeliveryMode = mode,
        NotificationEndpoint = new("https://client.example/notify"),
    };

    private static string Hash(string token) => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(token))[..16]);

    private Task<WireAnswer> AskAsync(string client, params (string Name, string? Value)[] parameters) =>
        _op.AskAsync([("client_id", client), ("client_secret", "other"), ("client_notification_token", Token), .. parameters]);

    private async Task<string> AskedAsync(string client, params (string Name, string? Value)[] parameters) =>
        (await AskAsync(client, parameters)).Text("auth_req_id");

    private Task<WireAnswer> PollAsync(string client, string id) => _op.PollAsync(id, ("client_id", client), ("client_secret", "other"));

    private Task<CibaSimulatorRequest> NotifiedAsync(string id, int times = 1) =>
        _op.Simulator.WaitForAsync(request => request.AuthReqId == id && request.Notifications.Count == times);
}
