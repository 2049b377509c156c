using System.Net;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.BadInput;

/// <summary>A login belongs to the browser that started it, and one press starts one request.</summary>
[Trait("Spec", "S-10")]
[Trait("Spec", "K-56")]
public class BrowserTests
{
    private const string Over = "The page you opened belongs to a sign-in that has ended or was started elsewhere. You can start a new one here.";

    [Fact]
    public async Task Another_browser_with_the_address_learns_nothing_and_is_not_signed_in()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();
        using var thief = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        await host.ApproveAsync(browser, waiting);
        var status = waiting.Document.QuerySelector("[data-watch]")!.GetAttribute("data-watch")!;

        Assert.Equal(Over, (await thief.OpenAsync(waiting.Address.ToString())).Notice);
        Assert.Contains("\"unknown\"", (await thief.SendAsync(HttpMethod.Get, status)).Body, StringComparison.Ordinal);
        Assert.False(thief.IsSignedIn());
        Assert.Equal("/me", (await browser.OpenAsync(waiting.Address.ToString())).Address.PathAndQuery);
    }

    [Fact]
    [Trait("Spec", "S-13")]
    public async Task A_handle_replayed_after_the_sign_in_brings_nothing()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();
        using var replay = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        var handle = Assert.Single(browser.Handles());
        await host.ApproveAsync(browser, waiting);
        await browser.OpenAsync(waiting.Address.ToString());
        Assert.Empty(browser.Handles());

        host.Clock.Advance(TimeSpan.FromSeconds(30));
        replay.Cookies.Add(new Cookie(handle.Name, handle.Value, handle.Path, handle.Domain));

        Assert.Equal(Over, (await replay.OpenAsync(waiting.Address.ToString())).Notice);
        Assert.False(replay.IsSignedIn());
    }

    [Fact]
    public async Task A_page_bookmarked_yesterday_is_a_fresh_one()
    {
        var clock = new HostClock { Ahead = TimeSpan.FromDays(-1.5) };
        await using var host = await CibaTestHost.StartAsync(services: clock.Watch);
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);

        clock.Ahead = TimeSpan.Zero;
        var page = await browser.OpenAsync(waiting.Address.ToString());

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.StartsWith("The request was not approved in time", page.Notice, StringComparison.Ordinal);
        Assert.Equal("Check your phone", (await browser.SubmitAsync(page, "form", ("login_hint", "alice"))).Title);
    }

    [Fact]
    public async Task A_form_sent_twice_starts_one_request_and_both_answers_lead_to_it()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();
        var form = await browser.OpenAsync("/me");

        var pages = await Task.WhenAll(browser.SubmitAsync(form, "form", ("login_hint", "alice")), browser.SubmitAsync(form, "form", ("login_hint", "alice")));

        Assert.Equal(1, host.Op.Acknowledged);
        Assert.Equal(pages[0].Address, pages[1].Address);
        Assert.Single(browser.Handles());
    }

    [Fact]
    public async Task Two_tabs_and_two_users_interleaved_each_get_their_own()
    {
        await using var host = await CibaTestHost.StartAsync(simulator: options => options.Accounts.Add(new("carol") { Name = "Carol" }));
        using var browser = host.CreateBrowser();
        using var other = host.CreateBrowser();
        var first = await host.BeginAsync(browser, open: "/me?tab=1");
        var second = await host.BeginAsync(browser, "carol", "/me?tab=2");
        var third = await host.BeginAsync(other, open: "/me?tab=3");
        Assert.Equal(3, new[] { first, second, third }.Select(page => page.Code).Distinct().Count());
        Assert.Equal(2, browser.Handles().Length);

        await host.ApproveAsync(browser, second, "carol");
        var carol = await browser.OpenAsync(second.Address.ToString());
        Assert.Equal(("/me?tab=2", "Carol"), (carol.Address.PathAndQuery, carol.Claims()["name"]));
        Assert.Equal("Check your phone", (await browser.OpenAsync(first.Address.ToString())).Title);
        Assert.Equal("Check your phone", (await other.OpenAsync(third.Address.ToString())).Title);
        Assert.False(other.IsSignedIn());
    }

    [Fact]
    public async Task The_sixth_attempt_drops_the_oldest()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();
        var names = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            await host.BeginAsync(browser);
            names.Add(browser.Handles().Select(cookie => cookie.Name).Except(names).Single());
            host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(names.Skip(1).Order(), browser.Handles().Select(cookie => cookie.Name).Order());
    }

    [Theory]
    [Trait("Spec", "S-24")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancel_counts_once_and_a_late_approval_no_more(bool hasApproved)
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        var request = await host.Op.WaitForRequestAsync("alice");
        if (hasApproved)
        {
            await host.ApproveAsync(browser, waiting);
        }

        var cancelled = await browser.SubmitAsync(waiting);
        Assert.Equal("Cancelled", (await browser.SubmitAsync(waiting)).Title);
        _ = host.Op.Approve(request.AuthReqId);
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        await host.SettleAsync();

        Assert.Equal("Cancelled", (await browser.OpenAsync(waiting.Address.ToString())).Title);
        Assert.Equal("alice", cancelled.Value("#login_hint"));
        Assert.False(browser.IsSignedIn());
    }

    [Fact]
    [Trait("Spec", "S-14")]
    public async Task A_cancel_without_its_token_cancels_nothing()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);

        Assert.Equal("Check your phone", (await browser.SubmitAsync(waiting, "form", ("__RequestVerificationToken", ""))).Title);
    }

    [Theory]
    [InlineData("/code")]
    [InlineData("/cancel")]
    public async Task Without_a_login_code_and_cancel_lead_to_the_page(string below)
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("user_code", "1234")]);

        var answer = await browser.SendAsync(HttpMethod.Post, $"/signin-ciba{below}?a=aaaaaaaa", form);

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Equal(Over, (await browser.OpenAsync(answer.RedirectsTo!.ToString())).Notice);
    }
}
