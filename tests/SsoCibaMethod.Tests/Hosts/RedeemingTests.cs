using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Hosts;

/// <summary>One transition, and the browser that started always ends signed in.</summary>
[Trait("Spec", "S-13")]
public class RedeemingTests
{
    [Fact]
    public async Task Two_requests_at_once_redeem_once_and_both_lead_on()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        await host.ApproveAsync(browser, waiting);

        // Each with the cookie as it was: the first answer takes it away from the requests that leave after it.
        var tabs = Enumerable.Range(0, 4).Select(_ => host.CreateBrowser()).ToList();
        tabs.ForEach(tab => tab.Cookies.Add(browser.Cookies.GetCookies(new Uri("https://app.example/"))));
        var answers = await Task.WhenAll(tabs.Select(tab => tab.SendAsync(HttpMethod.Get, waiting.Address.PathAndQuery)));

        Assert.All(answers, answer => Assert.Equal("/me", answer.RedirectsTo?.PathAndQuery));
        Assert.Single(host.Log.Lines, line => line.Id.Name == "LoginRedeemed");
        Assert.All(tabs, tab => Assert.True(tab.IsSignedIn()));
        tabs.ForEach(tab => tab.Dispose());
    }

    [Theory]
    [InlineData(29, false, "/me")]
    [InlineData(29, true, "/me")]
    [InlineData(30, false, null)]
    public async Task A_repeat_with_the_same_cookie_is_served_for_30_seconds(int seconds, bool isSignedIn, string? leadsTo)
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();
        using var again = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        var handle = Assert.Single(browser.Handles());
        await host.ApproveAsync(browser, waiting);
        await browser.OpenAsync(waiting.Address.ToString());
        again.Cookies.Add(new Cookie(handle.Name, handle.Value, handle.Path, handle.Domain));
        if (isSignedIn)
        {
            again.Cookies.Add(browser.Cookies.GetCookies(new Uri("https://app.example/")));
        }

        host.Clock.Advance(TimeSpan.FromSeconds(seconds));
        var answer = await again.SendAsync(HttpMethod.Get, waiting.Address.PathAndQuery);

        Assert.Equal(leadsTo, answer.RedirectsTo?.PathAndQuery);
        Assert.Equal(leadsTo is not null, again.IsSignedIn());
        Assert.Equal(leadsTo is not null && !isSignedIn, answer.Headers.Contains(".AspNetCore.Cookies=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_that_the_host_gives_up_in_the_middle_leaves_the_browser_its_right_to_come_back()
    {
        // As the middleware for request timeouts does it: the browser is still there.
        var isGivenUp = false;
        await using var host = await CibaTestHost.StartAsync(options => options.Events.OnTicketReceived = context =>
        {
            context.HttpContext.RequestAborted = new CancellationToken(canceled: !isGivenUp);
            isGivenUp = true;
            context.HttpContext.RequestAborted.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        });
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        await host.ApproveAsync(browser, waiting);

        var first = await browser.SendAsync(HttpMethod.Get, waiting.Address.PathAndQuery);

        Assert.DoesNotContain("Set-Cookie", first.Headers, StringComparison.Ordinal);
        Assert.Equal("/me", (await browser.OpenAsync(waiting.Address.ToString())).Address.PathAndQuery);
    }

    [Fact]
    public async Task A_challenge_may_fill_in_the_hint_and_a_next_try_keeps_what_was_typed()
    {
        await using var host = await CibaTestHost.StartAsync(pipeline: app =>
        {
            CibaTestHost.ShowUser(app);
            app.MapGet("/challenge", (HttpContext context) => context.ChallengeAsync(
                new AuthenticationProperties { RedirectUri = "/me", Parameters = { [CibaDefaults.LoginHintParameter] = "bob@example.com" } }));
        });
        using var browser = host.CreateBrowser();

        var form = await browser.OpenAsync("/challenge");
        Assert.Equal("bob@example.com", form.Value("#login_hint"));
        var waiting = await browser.SubmitAsync(form, "form", ("login_hint", "alice"));
        host.Op.Expire((await host.Op.WaitForRequestAsync("alice")).AuthReqId);
        Assert.Equal("expired", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));

        Assert.Equal("alice", (await browser.OpenAsync(waiting.Address.ToString())).Value("#login_hint"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tokens_are_saved_only_where_wanted(bool saved)
    {
        await using var host = await CibaTestHost.StartAsync(options => options.SaveTokens = saved, pipeline: app =>
        {
            CibaTestHost.ShowUser(app);
            app.MapGet("/tokens", async Task<string> (HttpContext context) =>
                string.Join(' ', (await context.AuthenticateAsync()).Properties?.GetTokens().Select(token => token.Name) ?? []));
        });
        using var browser = host.CreateBrowser();
        await host.SignInAsync(browser);

        Assert.Equal(saved ? "id_token access_token token_type expires_at" : "", (await browser.OpenAsync("/tokens")).Body);
    }

    [Fact]
    public async Task Claims_keep_their_names_and_the_protocol_s_own_are_left_out()
    {
        await using var host = await CibaTestHost.StartAsync(options =>
        {
            options.ClaimActions.MapJsonKey("display", "name");
            options.ClaimActions.DeleteClaim("acr");
        });
        using var browser = host.CreateBrowser();

        var claims = (await host.SignInAsync(browser)).Claims();

        Assert.Equal("Alice Aaltonen", claims["display"]);
        Assert.Equal(host.Op.Options.Accounts[0].Subject, claims["sub"]);
        Assert.Empty(claims.Keys.Intersect(["iss", "aud", "exp", "iat", "at_hash", "acr", "nonce", "urn:openid:params:jwt:claim:auth_req_id"]));
    }
}
