using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Client;
using SsoCibaMethod.Polling;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Notifications;

public class PushTests
{
    [Theory]
    [Trait("Spec", "C-90")]
    [Trait("Spec", "C-91")]
    [Trait("Spec", "C-94")]
    [Trait("Spec", "C-72")]
    [InlineData(null)]
    [InlineData("the-refresh-token")]
    public async Task A_push_signs_in_and_the_token_endpoint_is_never_called(string? refreshToken)
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Push);
        var waiting = await bench.BeginAsync();
        await bench.AdvanceAsync(60);

        Assert.Equal(HttpStatusCode.NoContent, await bench.PushAsync(bench.Op.Tokens("id-1", refreshToken: refreshToken)));

        Assert.Equal("approved", await bench.StateAsync(waiting));
        Assert.Equal("user-1", (await bench.Browser.OpenAsync(waiting.Address.ToString())).Claims()["sub"]);
        Assert.Empty(bench.Op.Polls);
    }

    [Theory]
    [Trait("Spec", "C-97")]
    [InlineData("access_denied", "Declined", "The request was declined.")]
    [InlineData("expired_token", "Time is up", "The request was not approved in time.")]
    [InlineData("transaction_failed", "That did not work", "Signing in does not work at the moment.")]
    [InlineData("something_new", "That did not work", "Signing in does not work at the moment.")]
    [InlineData("authorization_pending", "That did not work", "Signing in does not work at the moment.")]
    public async Task A_pushed_error_ends_the_login(string code, string title, string text)
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Push);
        var waiting = await bench.BeginAsync();

        Assert.Equal(HttpStatusCode.NoContent, await bench.PushAsync(new JsonObject { ["error"] = code, ["error_description"] = "alice said no" }));

        await bench.Host.SettleAsync();
        var page = await bench.Browser.OpenAsync(waiting.Address.ToString());
        Assert.Equal(title, page.Title);
        Assert.StartsWith(text, page.Notice, StringComparison.Ordinal);
        Assert.Empty(bench.Op.Polls);
        Assert.DoesNotContain("alice said", bench.Host.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "C-70")]
    public async Task Without_a_push_our_own_deadline_ends_the_login()
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Push);
        var waiting = await bench.BeginAsync();

        await bench.AdvanceAsync(299);
        Assert.Equal("waiting", await bench.StateAsync(waiting));
        await bench.AdvanceAsync(1);

        Assert.Equal("expired", await bench.StateAsync(waiting));
        Assert.Empty(bench.Op.Polls);
        Assert.Equal(HttpStatusCode.NoContent, await bench.PushAsync(bench.Op.Tokens("id-1")));
        Assert.Equal("expired", await bench.StateAsync(waiting));
    }

    [Fact]
    [Trait("Spec", "C-90")]
    public async Task A_push_that_was_kept_is_settled_also_where_the_store_fails_right_after()
    {
        var store = new TroubledStore();
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Push, services: store.Register);
        var waiting = await bench.BeginAsync();
        await bench.AdvanceAsync(10);
        store.OnReplace = _ => store.OnRead = _ => throw new IOException("The database is down.");
        store.OnReplaced = _ => store.IsDown = true;

        Assert.Equal(HttpStatusCode.InternalServerError, await bench.PushAsync(bench.Op.Tokens("id-1")));
        await bench.AdvanceAsync(30);
        (store.OnReplace, store.OnReplaced, store.OnRead) = (_ => { }, _ => { }, record => record);
        store.IsDown = false;

        Assert.Equal("approved", await bench.Host.AdvanceUntilNotAsync(bench.Browser, waiting, "waiting"));
    }

    [Theory]
    [InlineData("jti", "5")]
    [InlineData("nonce", "[]")]
    [InlineData("amr", """[{"a":1e400,"b":[[]]}]""")]
    [InlineData("exp", "99999999999.5")]
    public async Task A_claim_of_an_odd_type_costs_nobody_the_sign_in(string claim, string value)
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Push);
        var waiting = await bench.BeginAsync();

        Assert.Equal(HttpStatusCode.NoContent, await bench.PushAsync(bench.Op.Tokens("id-1", claims => claims[claim] = JsonNode.Parse(value))));

        Assert.Equal("approved", await bench.StateAsync(waiting));
        Assert.Equal("user-1", (await bench.Browser.OpenAsync(waiting.Address.ToString())).Claims()["sub"]);
    }

    public static TheoryData<string, string?> Broken => new()
    {
        { "at_hash", null },
        { "at_hash", "AAAAAAAAAAAAAAAAAAAAAA" },
        { "urn:openid:params:jwt:claim:auth_req_id", null },
        { "urn:openid:params:jwt:claim:auth_req_id", "id-2" },
        { "urn:openid:params:jwt:claim:rt_hash", null },
        { "urn:openid:params:jwt:claim:rt_hash", "AAAAAAAAAAAAAAAAAAAAAA" },
        { "iss", "https://op.example1" },
        { "aud", "other" },
        { "sub", null },
    };

    [Theory]
    [Trait("Spec", "C-92")]
    [Trait("Spec", "K-54")]
    [MemberData(nameof(Broken))]
    public async Task A_push_whose_ID_token_is_not_tied_to_it_signs_nobody_in(string claim, string? value)
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Push);
        var waiting = await bench.BeginAsync();

        Assert.Equal(HttpStatusCode.NoContent, await bench.PushAsync(bench.Op.Tokens("id-1", claims => Set(claims, claim, value), "the-refresh-token")));

        Assert.Equal("failed", await bench.StateAsync(waiting));
        Assert.Contains(bench.Host.Log.Lines, line => line.Id.Name == "LoginFailed" && line.Text.Contains("The ID token was refused", StringComparison.Ordinal));
        _ = await bench.Browser.OpenAsync(waiting.Address.ToString());
        Assert.False(bench.Browser.IsSignedIn());

        // A second, fit one comes too late: nothing leaves a final state.
        Assert.Equal(HttpStatusCode.NoContent, await bench.PushAsync(bench.Op.Tokens("id-1")));
        Assert.Equal("failed", await bench.StateAsync(waiting));
    }

    [Fact]
    [Trait("Spec", "K-54")]
    public async Task A_push_that_is_replayed_changes_nothing()
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Push);
        var waiting = await bench.BeginAsync();
        var push = bench.Op.Tokens("id-1");
        Assert.Equal(HttpStatusCode.NoContent, await bench.PushAsync((JsonObject)push.DeepClone()));
        Assert.Equal("approved", await bench.StateAsync(waiting));

        Assert.Equal(HttpStatusCode.NoContent, await bench.PushAsync((JsonObject)push.DeepClone()));
        Assert.Equal("approved", await bench.StateAsync(waiting));
        _ = await bench.Browser.OpenAsync(waiting.Address.ToString());
        Assert.Equal(HttpStatusCode.NoContent, await bench.PushAsync((JsonObject)push.DeepClone()));

        Assert.Single(bench.Host.Log.Lines, line => line.Id.Name == "LoginRedeemed");
    }

    [Fact]
    [Trait("Spec", "C-87")]
    public async Task A_push_that_overtakes_the_acknowledgement_signs_in()
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Push);
        Task<HttpStatusCode>? push = null;
        bench.Op.OnStart = start =>
        {
            push = Task.Run(() => bench.PushAsync(bench.Op.Tokens("id-1"), token: start["client_notification_token"]));
            return Hosting.ScriptedOp.Acknowledge("id-1", interval: null);
        };

        var page = await bench.BeginAsync();

        // So quick that the page may never have waited.
        Assert.Equal(HttpStatusCode.NoContent, await push!);
        await bench.PolledAsync(0);
        Assert.Equal("/me", (await bench.Browser.OpenAsync(page.Address.ToString())).Address.AbsolutePath);
        Assert.True(bench.Browser.IsSignedIn());
    }

    [Fact]
    [Trait("Spec", "S-53")]
    public async Task A_push_whose_node_died_is_settled_by_the_node_that_takes_over()
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Push);
        var waiting = await bench.BeginAsync();
        var poller = bench.Host.Services.GetRequiredService<LoginPoller>();
        var login = (await bench.Logins.FindByNotificationTokenAsync(bench.Token, default))!;

        // The node wrote what was pushed, answered, and died: the record says so, and nobody works for it.
        _ = await bench.Logins.ChangeAsync(login.Id, current => current with { Owner = "dead", Version = current.Version + 1 }, default);
        await bench.PolledAsync(0);
        Assert.Equal(HttpStatusCode.NoContent, await bench.PushAsync(bench.Op.Tokens("id-1")));
        Assert.Equal("waiting", await bench.StateAsync(waiting));
        Assert.Equal(0, poller.Count);

        await bench.AdvanceAsync(4);

        Assert.Equal("approved", await bench.StateAsync(waiting));
        Assert.Empty(bench.Op.Polls);
    }

    private static void Set(JsonObject claims, string claim, string? value)
    {
        if (value is null)
        {
            claims.Remove(claim);
        }
        else
        {
            claims[claim] = value;
        }
    }
}
