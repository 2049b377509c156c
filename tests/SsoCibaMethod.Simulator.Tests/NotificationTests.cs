using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Tests;

/// <summary>What a notification holds, and what it proves itself with.</summary>
public sealed class NotificationTests : NotifiedClients
{
    private const string AuthReqIdClaim = "urn:openid:params:jwt:claim:auth_req_id";
    private const string RefreshTokenHashClaim = "urn:openid:params:jwt:claim:rt_hash";

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

    private static string Hash(string token) => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(token))[..16]);
}
