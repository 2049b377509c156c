using System.Net;
using System.Text.Json.Nodes;
using SsoCibaMethod.Client;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Notifications;

public class PingTests
{
    [Fact]
    [Trait("Spec", "C-80")]
    [Trait("Spec", "C-82")]
    [Trait("Spec", "C-83")]
    public async Task A_ping_is_answered_204_and_brings_the_poll_that_signs_in()
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Ping);
        var waiting = await bench.BeginAsync();
        await bench.AdvanceAsync(3);
        Assert.Empty(bench.Op.Polls);
        bench.Op.OnPoll = poll => ScriptedOp.Json(bench.Op.Tokens(poll["auth_req_id"]!));

        Assert.Equal(HttpStatusCode.NoContent, await bench.PingAsync(bench.Token));

        Assert.Equal("approved", await bench.StateAsync(waiting));
        Assert.Equal("id-1", Assert.Single(bench.Op.Polls)["auth_req_id"]);
        Assert.Equal("user-1", (await bench.Browser.OpenAsync(waiting.Address.ToString())).Claims()["sub"]);
    }

    [Fact]
    [Trait("Spec", "C-88")]
    public async Task A_ping_proves_nothing_by_itself()
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Ping);
        var waiting = await bench.BeginAsync();

        Assert.Equal(HttpStatusCode.NoContent, await bench.CallAsync(bench.Token, With(bench.Op.Tokens("id-1"))));

        Assert.Equal("waiting", await bench.StateAsync(waiting));
        Assert.Single(bench.Op.Polls);
    }

    [Fact]
    [Trait("Spec", "C-13")]
    public async Task Each_request_has_a_token_of_its_own_and_poll_mode_has_none()
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Ping);
        _ = await bench.BeginAsync();
        bench.Op.OnStart = _ => ScriptedOp.Acknowledge("id-2");
        _ = await bench.BeginAsync("bob");
        var tokens = bench.Op.Starts.Select(start => start["client_notification_token"]).ToList();
        Assert.Equal(2, tokens.Distinct().Count());
        Assert.All(tokens, token => Assert.Matches("^[A-Za-z0-9_-]{43}$", token));

        await using var polling = await NotificationBench.StartAsync(TokenDeliveryMode.Poll);
        _ = await polling.BeginAsync();
        Assert.Null(polling.Op.Starts[0]["client_notification_token"]);
    }

    [Fact]
    [Trait("Spec", "C-84")]
    public async Task Without_a_ping_the_login_is_polled_for_each_30_seconds()
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Ping);
        var begin = bench.Host.Clock.GetUtcNow();
        var waiting = await bench.BeginAsync();
        bench.Op.OnPoll = poll => bench.Op.Polls.Count < 3 ? ScriptedOp.Error("authorization_pending") : ScriptedOp.Json(bench.Op.Tokens(poll["auth_req_id"]!));

        await bench.AdvanceAsync(95);

        Assert.Equal([30, 60, 90], bench.Op.Polls.Select(poll => (poll.At - begin).TotalSeconds));
        Assert.Equal("approved", await bench.StateAsync(waiting));
    }

    [Fact]
    [Trait("Spec", "C-61")]
    public async Task A_ping_right_after_a_fallback_poll_waits_for_the_interval()
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Ping);
        var begin = bench.Host.Clock.GetUtcNow();
        _ = await bench.BeginAsync();
        await bench.AdvanceAsync(31);
        Assert.Single(bench.Op.Polls);

        Assert.Equal(HttpStatusCode.NoContent, await bench.PingAsync(bench.Token));
        await bench.AdvanceAsync(10);

        Assert.Equal([30, 35, 40], bench.Op.Polls.Select(poll => (poll.At - begin).TotalSeconds));
    }

    [Fact]
    [Trait("Spec", "C-63")]
    public async Task Many_pings_make_no_two_polls_at_once()
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Ping);
        _ = await bench.BeginAsync();

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.NoContent, await bench.PingAsync(bench.Token));
        }

        await bench.Host.SettleAsync();
        Assert.Single(bench.Op.Polls);
        await bench.AdvanceAsync(6);
        Assert.Equal(2, bench.Op.Polls.Count);
    }

    [Fact]
    [Trait("Spec", "C-85")]
    public async Task Duplicate_and_late_pings_are_answered_204_without_effect_until_the_request_is_over()
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Ping);
        var waiting = await bench.BeginAsync();
        bench.Op.OnPoll = poll => ScriptedOp.Json(bench.Op.Tokens(poll["auth_req_id"]!));
        Assert.Equal(HttpStatusCode.NoContent, await bench.PingAsync(bench.Token));
        Assert.Equal("approved", await bench.StateAsync(waiting));
        Assert.Equal(HttpStatusCode.NoContent, await bench.PingAsync(bench.Token));
        _ = await bench.Browser.OpenAsync(waiting.Address.ToString());
        Assert.True(bench.Browser.IsSignedIn());

        await bench.AdvanceAsync(120);
        Assert.Equal(HttpStatusCode.NoContent, await bench.PingAsync(bench.Token));
        Assert.Equal(HttpStatusCode.Unauthorized, await bench.PingAsync(bench.Token, "id-2"));
        Assert.Single(bench.Op.Polls);

        await bench.AdvanceAsync(600);
        Assert.Equal(HttpStatusCode.Unauthorized, await bench.PingAsync(bench.Token));
    }

    [Fact]
    [Trait("Spec", "S-24")]
    [Trait("Spec", "C-85")]
    public async Task A_ping_after_a_cancel_has_no_effect()
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Ping);
        var waiting = await bench.BeginAsync();
        var cancelled = await bench.Browser.SubmitAsync(waiting);
        Assert.Equal("Cancelled", cancelled.Title);

        Assert.Equal(HttpStatusCode.NoContent, await bench.PingAsync(bench.Token));
        Assert.Equal(HttpStatusCode.Unauthorized, await bench.PingAsync(bench.Token, "id-2"));

        await bench.AdvanceAsync(40);
        Assert.Empty(bench.Op.Polls);
    }

    [Fact]
    [Trait("Spec", "C-81")]
    [Trait("Spec", "K-53")]
    public async Task A_token_of_one_request_does_not_count_for_another()
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Ping);
        _ = await bench.BeginAsync();
        var first = bench.Token;
        bench.Op.OnStart = _ => ScriptedOp.Acknowledge("id-2");
        _ = await bench.BeginAsync("bob");

        Assert.Equal(HttpStatusCode.Unauthorized, await bench.PingAsync(first, "id-2"));
        Assert.Equal(HttpStatusCode.Unauthorized, await bench.PingAsync(bench.Token, "id-1"));

        await bench.Host.SettleAsync();
        Assert.Empty(bench.Op.Polls);
    }

    [Fact]
    [Trait("Spec", "C-87")]
    public async Task A_ping_that_overtakes_the_acknowledgement_is_held_and_then_heeded()
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Ping);
        Task<HttpStatusCode>? ping = null;
        bench.Op.OnStart = start =>
        {
            ping = Task.Run(() => bench.PingAsync(start["client_notification_token"]));
            return ScriptedOp.Acknowledge("id-1");
        };
        bench.Op.OnPoll = poll => ScriptedOp.Json(bench.Op.Tokens(poll["auth_req_id"]!));

        var page = await bench.BeginAsync();

        // So quick that the page may never have waited.
        Assert.Equal(HttpStatusCode.NoContent, await ping!);
        await bench.PolledAsync(0);
        Assert.Equal("/me", (await bench.Browser.OpenAsync(page.Address.ToString())).Address.AbsolutePath);
        Assert.True(bench.Browser.IsSignedIn());
    }

    [Theory]
    [Trait("Spec", "C-87")]
    [InlineData("id-1", "approved", 1)]
    [InlineData("id-2", "waiting", 0)]
    public async Task A_ping_long_before_the_acknowledgement_is_kept_on_the_record(string authReqId, string state, int polls)
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Ping);
        using var acknowledge = new ManualResetEventSlim();
        bench.Op.OnStart = _ =>
        {
            acknowledge.Wait();
            return ScriptedOp.Acknowledge("id-1");
        };
        bench.Op.OnPoll = poll => ScriptedOp.Json(bench.Op.Tokens(poll["auth_req_id"]!));
        var begin = Task.Run(() => bench.BeginAsync());
        await UntilAsync(() => bench.Op.Starts.Count == 1);
        var ping = Task.Run(() => bench.PingAsync(bench.Token, authReqId));

        var hold = TimeSpan.FromSeconds(5);
        await UntilAsync(() => bench.Host.Clock.IsDueIn(hold));
        bench.Host.Clock.Advance(hold);

        Assert.Equal(HttpStatusCode.NoContent, await ping);
        acknowledge.Set();
        var page = await begin;
        await bench.PolledAsync(state == "waiting" ? 1 : 0);
        page = await bench.Browser.OpenAsync(page.Address.ToString());

        Assert.Equal(polls, bench.Op.Polls.Count);
        Assert.Equal(state == "approved", page.Address.AbsolutePath == "/me");
    }

    private static JsonObject With(JsonObject body)
    {
        body["auth_req_id"] = "id-1";
        return body;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }
}
