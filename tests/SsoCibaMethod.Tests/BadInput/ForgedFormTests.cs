using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.BadInput;

/// <summary>Only a form that this application gave to this browser, for this method, within a day, starts a login.</summary>
[Trait("Spec", "S-14")]
[Trait("Spec", "K-56")]
public class ForgedFormTests
{
    private const string TokenField = "__RequestVerificationToken";

    public static TheoryData<string> Forgeries =>
        ["no token", "forged token", "another browser's token", "no attempt", "forged attempt", "another method's attempt", "the state as attempt", "a day old"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_form_that_is_not_ours_is_refused_with_the_hint_kept_and_the_fresh_one_works(string forgery)
    {
        var clock = new HostClock();
        await using var host = await StartAsync(clock);
        using var browser = host.CreateBrowser();
        using var other = host.CreateBrowser();
        clock.Ahead = forgery == "a day old" ? TimeSpan.FromDays(-1) : TimeSpan.Zero;
        var form = await browser.OpenAsync("/me");
        clock.Ahead = TimeSpan.Zero;
        (string, string)[] forged = forgery switch
        {
            "no token" => [(TokenField, "")],
            "forged token" => [(TokenField, "CfDJ8AAAA")],
            "another browser's token" => [(TokenField, (await other.OpenAsync("/signin-ciba")).Value($"[name={TokenField}]")!)],
            "no attempt" => [("attempt", "")],
            "forged attempt" => [("attempt", "CfDJ8AAAA")],
            "another method's attempt" => [("attempt", (await browser.OpenAsync("/signin-other")).Value("[name=attempt]")!)],
            "the state as attempt" => [("attempt", form.Address.Query.Split("state=")[1])],
            _ => [],
        };
        var fresh = await browser.SubmitAsync(form, "form", [.. forged, ("login_hint", "alice")]);

        Assert.Equal(HttpStatusCode.BadRequest, fresh.Status);
        Assert.StartsWith("This page is no longer valid. Nothing was sent.", fresh.Notice, StringComparison.Ordinal);
        Assert.Equal("alice", fresh.Value("#login_hint"));
        Assert.Equal(0, host.Op.Acknowledged);
        Assert.Empty(browser.Handles());
        Assert.Equal("Check your phone", (await browser.SubmitAsync(fresh)).Title);
    }

    [Fact]
    public async Task A_browser_that_keeps_no_cookie_is_told_so_and_once_it_keeps_them_the_same_page_works()
    {
        await using var host = await StartAsync(new HostClock());
        using var browser = host.CreateBrowser();
        var form = await browser.OpenAsync("/me");
        foreach (Cookie cookie in browser.Cookies.GetAllCookies())
        {
            cookie.Expired = true;
        }

        var told = await browser.SubmitAsync(form, "form", ("login_hint", "alice"));

        Assert.Equal((HttpStatusCode.BadRequest, "alice"), (told.Status, told.Value("#login_hint")));
        Assert.StartsWith("This browser sent no cookie, and without one nobody can be signed in here.", told.Notice, StringComparison.Ordinal);
        Assert.Equal("alert", told.Document.QuerySelector("#notice > div")!.GetAttribute("role"));
        Assert.Equal(0, host.Op.Acknowledged);
        Assert.Equal("Check your phone", (await browser.SubmitAsync(told)).Title);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("forged")]
    [InlineData("another method's")]
    [InlineData("a day old")]
    [InlineData("10,000 characters")]
    public async Task A_state_that_is_not_ours_is_a_fresh_page_that_leads_home(string kind)
    {
        var clock = new HostClock();
        await using var host = await StartAsync(clock);
        using var browser = host.CreateBrowser();
        clock.Ahead = kind == "a day old" ? TimeSpan.FromDays(-1) : TimeSpan.Zero;
        var state = (await browser.OpenAsync("/me")).Address.Query;
        clock.Ahead = TimeSpan.Zero;
        var address = kind switch
        {
            "forged" => "/signin-ciba?state=CfDJ8AAAA",
            "another method's" => "/signin-other" + state,
            "10,000 characters" => "/signin-ciba?state=" + new string('A', 10_000),
            "a day old" => "/signin-ciba" + state,
            _ => "/signin-ciba",
        };
        if (kind == "another method's")
        {
            var page = await browser.OpenAsync(address);
            Assert.Equal("Sign in", page.Title);
            Assert.Null(page.Notice);
            return;
        }

        var home = await host.SignInAsync(browser, address);
        Assert.Equal("/", home.Address.PathAndQuery);
    }

    private static Task<CibaTestHost> StartAsync(HostClock clock) => CibaTestHost.StartAsync(services: builder =>
    {
        clock.Watch(builder);
        builder.Services.AddAuthentication().AddCibaAuthentication("Other", options =>
            (options.Authority, options.ClientId, options.ClientSecret) = ("https://op.example/op", "app", CibaTestHost.Secret));
    });
}
