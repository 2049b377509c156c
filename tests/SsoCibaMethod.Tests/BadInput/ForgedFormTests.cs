using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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
        await using var host = await CibaTestHost.StartAsync(services: builder => builder.Services.AddAuthentication().AddCibaAuthentication("Other", options =>
            (options.Authority, options.ClientId, options.ClientSecret) = ("https://op.example/op", "app", CibaTestHost.Secret)));
        using var browser = host.CreateBrowser();
        using var other = host.CreateBrowser();
        var form = await browser.OpenAsync("/me");
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
        if (forgery == "a day old")
        {
            host.Clock.Advance(TimeSpan.FromHours(24));
        }

        var fresh = await browser.SubmitAsync(form, "form", [.. forged, ("login_hint", "alice")]);

        Assert.Equal(HttpStatusCode.BadRequest, fresh.Status);
        Assert.StartsWith("This page had been open for too long. Nothing was sent.", fresh.Notice, StringComparison.Ordinal);
        Assert.Equal("alice", fresh.Value("#login_hint"));
        Assert.Equal(0, host.Op.Acknowledged);
        Assert.Empty(browser.Handles());
        Assert.Equal("Check your phone", (await browser.SubmitAsync(fresh)).Title);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("forged")]
    [InlineData("another method's")]
    [InlineData("two days old")]
    [InlineData("10,000 characters")]
    public async Task A_state_that_is_not_ours_is_a_fresh_page_that_leads_home(string kind)
    {
        await using var host = await CibaTestHost.StartAsync(services: builder => builder.Services.AddAuthentication().AddCibaAuthentication("Other", options =>
            (options.Authority, options.ClientId, options.ClientSecret) = ("https://op.example/op", "app", CibaTestHost.Secret)));
        using var browser = host.CreateBrowser();
        var state = (await browser.OpenAsync("/me")).Address.Query;
        var address = kind switch
        {
            "forged" => "/signin-ciba?state=CfDJ8AAAA",
            "another method's" => "/signin-other" + state,
            "10,000 characters" => "/signin-ciba?state=" + new string('A', 10_000),
            "two days old" => "/signin-ciba" + state,
            _ => "/signin-ciba",
        };
        if (kind == "two days old")
        {
            host.Clock.Advance(TimeSpan.FromDays(2));
        }

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

    [Theory]
    [Trait("Spec", "S-15")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("https://app.example.evil.example/", "/")]
    [InlineData("https://app.example@evil.example/", "/")]
    [InlineData("https://app.example//evil.example/", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("\\\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/\r\nSet-Cookie: a=b", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("evil.example", "/")]
    [InlineData("", "/challenge")]
    [InlineData("LONG", "/")]
    [InlineData("/\u2028/evil.example", "/%E2%80%A8/evil.example")]
    [InlineData("/me?x=1", "/me?x=1")]
    [InlineData("https://app.example/me?x=1", "/me?x=1")]
    [InlineData("/p\u00E4iv\u00E4?q=\u4F60", "/p%C3%A4iv%C3%A4?q=%E4%BD%A0")]
    public async Task The_way_back_stays_on_this_site(string wish, string leadsTo)
    {
        var sentTo = "";
        await using var host = await CibaTestHost.StartAsync(pipeline: app =>
        {
            app.Use(async (context, next) =>
            {
                await next(context);
                sentTo = context.Response.Headers.Location.ToString();
            });
            ChallengeTo(app, wish == "LONG" ? "/" + new string('x', 1_000) : wish);
        });
        using var browser = host.CreateBrowser();

        var waiting = await host.BeginAsync(browser, open: "/challenge");
        await host.ApproveAsync(browser, waiting);
        _ = await browser.SendAsync(HttpMethod.Get, waiting.Address.PathAndQuery);

        Assert.True(browser.IsSignedIn());
        Assert.Equal(leadsTo, sentTo);
    }

    private static void ChallengeTo(WebApplication app, string wish)
    {
        CibaTestHost.ShowUser(app);
        app.MapGet("/challenge", (HttpContext context) => context.ChallengeAsync("Ciba", new AuthenticationProperties { RedirectUri = wish }));
    }
}
