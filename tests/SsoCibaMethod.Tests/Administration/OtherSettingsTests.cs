using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Pages;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Diagnostics;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;
using static SsoCibaMethod.Tests.Administration.AdministeredHost;

namespace SsoCibaMethod.Tests.Administration;

/// <summary>Nodes that share logins and not the settings: a login is shown to no other OP and taken on by no other client, and the log names it.</summary>
public class OtherSettingsTests
{
    private const string Lost = "Your approval was lost on its way to us. Nothing is wrong with your account. Please try again.";

    private readonly KeyShelf _keys = new();
    private readonly InMemoryPendingLoginStore _store = new(new ManualTimeProvider());

    [Theory]
    [InlineData("other", "https://op.example/op")]
    [InlineData("app", "https://other.example/op")]
    public async Task An_approved_login_is_not_signed_in_by_a_node_with_another_client_or_issuer(string clientId, string issuer)
    {
        await using var one = await StartAsync(new() { ["Bank"] = Method() }, _store, _keys);
        await using var two = await StartAsync(new() { ["Bank"] = Method(clientId, ("Authority", issuer)) }, _store, _keys);
        using var metrics = new HeardMetrics(two.Host);
        using var browser = one.Host.CreateBrowser();
        var waiting = await one.BeginAsync(browser, "Bank");
        await one.Host.ApproveAsync(browser, waiting);

        var page = await OpenAtAsync(two, browser, waiting);

        Assert.Equal(("That did not work", Lost), (page.Title, page.Document.QuerySelector("#notice p")?.TextContent.Trim() ?? page.Notice));
        Assert.False(browser.IsSignedIn());
        Assert.Contains("ciba.login.outcomes 1 ciba.method=Bank ciba.outcome=failed ciba.code=LOGIN_LOST", metrics.Heard);
        var line = Assert.Single(two.Host.Log.Lines, line => line.Id.Name == "LoginOfOtherClient");
        Assert.Equal(LogLevel.Error, line.Level);
        Assert.Contains($"({issuer}, client {clientId})", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_differ_in_other_things_sign_in()
    {
        await using var one = await StartAsync(new() { ["Bank"] = Method() }, _store, _keys);
        await using var two = await StartAsync(new() { ["Bank"] = Method("app", ("Polling", new JsonObject { ["Interval"] = "00:00:07" })) }, _store, _keys);
        using var browser = one.Host.CreateBrowser();
        var waiting = await one.BeginAsync(browser, "Bank");
        await one.Host.ApproveAsync(browser, waiting);

        _ = await OpenAtAsync(two, browser, waiting);

        Assert.Contains(two.Host.Log.Lines, line => line.Id.Name == "LoginRedeemed");
    }

    [Theory]
    [InlineData("other", "LoginOfOtherClient")]
    [InlineData("app", "LoginRedeemed")]
    public async Task Nobody_is_signed_in_before_it_is_known_who_the_OP_is_and_the_page_waits_for_that(string clientId, string logged)
    {
        using var wire = new Wire().At("/openid-configuration", 503, "");
        await using var one = await StartAsync(new() { ["Bank"] = Method() }, _store, _keys);
        await using var two = await StartAsync(new() { ["Bank"] = MethodThatSaysNotWho(clientId) }, _store, _keys, wire: wire);
        using var browser = one.Host.CreateBrowser();
        var waiting = await one.BeginAsync(browser, "Bank");
        await one.Host.ApproveAsync(browser, waiting);

        var page = await OpenAtAsync(two, browser, waiting);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Please wait a little"), (page.Status, page.Title));
        Assert.Equal(PendingLoginState.Approved, (await _store.FindOnlyAsync(browser))!.State);
        wire.Open();
        while (!two.Host.Log.Lines.Any(line => line.Id.Name == logged))
        {
            await two.Host.PassSecondAsync();
            _ = await OpenAtAsync(two, browser, waiting);
        }
    }

    [Theory]
    [InlineData("other", true, "That did not work")]
    [InlineData("app", true, "Check your phone")]
    [InlineData("other", false, "That did not work")]
    public async Task A_user_code_is_not_sent_to_an_OP_that_has_not_said_yet_who_it_is_and_the_page_waits_for_that(string clientId, bool isSilent, string title)
    {
        using var wire = new Wire();
        _ = isSilent ? wire.At("/openid-configuration", wire.HoldAsync) : wire.At("/openid-configuration", 503, "");
        await using var one = await StartAsync(new() { ["Bank"] = Method() }, _store, _keys);
        await using var two = await StartAsync(new() { ["Bank"] = MethodThatSaysNotWho(clientId) }, _store, _keys, wire: wire);
        using var browser = one.Host.CreateBrowser();
        var ask = await one.Host.BeginAsync(browser, "bob", "/signin/Bank");
        using var there = BrowserAt(two, browser, ask);

        var page = await WhilePassingAsync(two, there.SubmitAsync(ask, "form", ("user_code", "1234")));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Please wait a little"), (page.Status, page.Title));
        Assert.Equal(PendingLoginState.UserCodeNeeded, (await _store.FindOnlyAsync(browser))!.State);

        // What the OP is asked meanwhile is only who it is.
        wire.Open();
        for (var i = 0; i < 15; i++)
        {
            await two.Host.PassSecondAsync();
        }

        Assert.Equal(0, wire.Requests("/bc-authorize"));
        page = await WhilePassingAsync(two, there.SubmitAsync(await there.OpenAsync(ask.Address.ToString()), "form", ("user_code", "1234")));
        Assert.Equal((title, title == "Check your phone" ? 1 : 0), (page.Title, wire.Requests("/bc-authorize")));
    }

    [Theory]
    [InlineData("other", "LoginOfOtherClient", "LOGIN_LOST")]
    [InlineData(null, "LoginOfNoMethod", "LOGIN_UNAVAILABLE")]
    public async Task A_login_left_behind_is_ended_by_a_node_that_cannot_poll_for_it(string? clientId, string logged, string messageKey)
    {
        await using var two = await StartAsync(clientId is null ? [] : new() { ["Bank"] = Method(clientId) }, _store, _keys);
        PendingLoginRecord left;
        await using (var one = await StartAsync(new() { ["Bank"] = Method() }, _store, _keys))
        {
            using var browser = one.Host.CreateBrowser();
            _ = await one.BeginAsync(browser, "Bank");
            left = (await _store.FindOnlyAsync(browser))!;
        }

        while (!two.Host.Log.Lines.Any(line => line.Id.Name == logged))
        {
            await two.Host.PassSecondAsync();
        }

        Assert.Equal(PendingLoginState.Failed, (await _store.ReadAsync(left.Id, default))!.State);
        Assert.Contains(messageKey, two.Host.Log.Lines.Single(line => line.Id.Name == logged).Text, StringComparison.Ordinal);
        Assert.Empty(two.Host.Op.Requests);
    }

    [Theory]
    [InlineData("other", 0)]
    [InlineData("app", 1)]
    public async Task A_ticket_is_not_shown_to_an_OP_that_has_not_said_yet_who_it_is(string clientId, int polls)
    {
        using var wire = new Wire().At("/openid-configuration", 503, "");
        await using var two = await StartAsync(new() { ["Bank"] = MethodThatSaysNotWho(clientId) }, _store, _keys, wire: wire);
        PendingLoginRecord left;
        await using (var one = await StartAsync(new() { ["Bank"] = Method() }, _store, _keys))
        {
            using var browser = one.Host.CreateBrowser();
            _ = await one.BeginAsync(browser, "Bank");
            left = (await _store.FindOnlyAsync(browser))!;
        }

        while (!two.Host.Log.Lines.Any(line => line.Id.Name == "PollUnavailable"))
        {
            await two.Host.PassSecondAsync();
        }

        Assert.Equal(0, wire.Requests("/token"));
        wire.Open();
        while ((await _store.ReadAsync(left.Id, default))!.State == PendingLoginState.Waiting)
        {
            await two.Host.PassSecondAsync();
        }

        Assert.Equal(polls, wire.Requests("/token"));
        Assert.Equal(polls == 0, two.Host.Log.Lines.Any(line => line.Id.Name == "LoginOfOtherClient"));
    }

    [Theory]
    [InlineData("app", true, "other", true)]
    [InlineData("app", true, "other", false)]
    [InlineData("other", false, "app", false)]
    public async Task A_node_that_had_the_client_before_an_edit_or_has_it_since_takes_its_logins_over(string before, bool saidWho, string after, bool saysWho)
    {
        using var wire = new Wire().At("/openid-configuration", 503, "");
        await using var two = await StartAsync(new() { ["Bank"] = saidWho ? Method(before) : MethodThatSaysNotWho(before) }, _store, _keys, wire: wire);
        await two.EditAsync(new() { ["Bank"] = saysWho ? Method(after) : MethodThatSaysNotWho(after) });
        await using (var one = await StartAsync(new() { ["Bank"] = Method() }, _store, _keys))
        {
            using var browser = one.Host.CreateBrowser();
            _ = await one.BeginAsync(browser, "Bank");
        }

        while (!two.Host.Log.Lines.Any(line => line.Id.Name is "LoginTakenOver" or "LoginOfOtherClient"))
        {
            await two.Host.PassSecondAsync();
        }

        string? authorization = null;
        _ = wire.At("/token", (request, _) =>
        {
            authorization = request.Headers.Authorization?.Parameter;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent("""{"error":"authorization_pending"}""", null, "application/json") });
        });
        while (authorization is null && !two.Host.Log.Lines.Any(line => line.Id.Name == "LoginOfOtherClient"))
        {
            await two.Host.PassSecondAsync();
        }

        Assert.StartsWith("app:", Encoding.UTF8.GetString(Convert.FromBase64String(authorization!)), StringComparison.Ordinal);
    }

    // The issuer stands in the metadata alone.
    private static JsonObject MethodThatSaysNotWho(string clientId) =>
        Method(clientId, ("Authority", null!), ("MetadataAddress", "https://op.example/op/.well-known/openid-configuration?v=1"));

    private static async Task<TestPage> OpenAtAsync(AdministeredHost host, TestBrowser browser, TestPage waiting)
    {
        using var there = BrowserAt(host, browser, waiting);
        var page = await there.OpenAsync(waiting.Address.ToString());
        Assert.Equal(page.Address.AbsolutePath == "/me", there.IsSignedIn());
        return page;
    }

    // A request that may wait for the OP; the pauses leave it time to go on.
    private static async Task<TestPage> WhilePassingAsync(AdministeredHost host, Task<TestPage> request)
    {
        await Until.TrueAsync(async () =>
        {
            await host.Host.PassSecondAsync();
            return request.IsCompleted;
        });
        return await request;
    }

    // The same browser, as another node sees it.
    private static TestBrowser BrowserAt(AdministeredHost host, TestBrowser browser, TestPage page)
    {
        var there = host.Host.CreateBrowser();
        foreach (Cookie cookie in browser.Cookies.GetCookies(page.Address))
        {
            there.Cookies.Add(cookie);
        }

        return there;
    }
}

/// <summary>A look into the store.</summary>
internal static class StoreLook
{
    /// <summary>The record of the one login a browser has begun.</summary>
    public static Task<PendingLoginRecord?> FindOnlyAsync(this IPendingLoginStore store, TestBrowser browser) =>
        store.ReadAsync(AttemptForm.IdOf(browser.Handles("https://app.example/signin-bank").Single().Value.Split('.')[0]), default);
}
