using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Simulator;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Pages;

/// <summary>A hint is remembered when its user ticks the box and it has proved right; it is shown masked, and can be forgotten.</summary>
public class RememberTests
{
    private const string Kept = "CibaHint";

    [Fact]
    public async Task A_ticked_hint_is_remembered_by_the_sign_in_and_next_time_one_press_asks_the_same_person()
    {
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();
        var waiting = await SendAsync(browser, "alice", isTicked: true);
        Assert.Null(Cookie(browser));
        await SignInAsync(host, browser, waiting);
        var cookie = Cookie(browser)!;
        Assert.True(cookie.HttpOnly && cookie.Secure && cookie.Name.StartsWith("__Host-", StringComparison.Ordinal));
        Assert.DoesNotContain("alice", cookie.Value, StringComparison.Ordinal);

        var known = await browser.OpenAsync("/signin-ciba");
        Assert.Contains("We send a request to a•••.", known.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", known.Body, StringComparison.Ordinal);
        Assert.Null(known.Document.QuerySelector("#login_hint"));

        var again = await browser.SubmitAsync(known);
        Assert.Equal("Check your phone", again.Title);
        await SignInAsync(host, browser, again);
        Assert.Equal(["alice", "alice"], host.Op.Requests.Select(request => request.LoginHint));
    }

    [Fact]
    public async Task What_is_remembered_is_what_was_typed_and_not_what_the_host_makes_of_it()
    {
        await using var host = await CibaTestHost.StartAsync(
            options =>
            {
                options.LoginHint.Remember = true;
                options.Events.OnBackchannelAuthentication = context =>
                {
                    context.LoginHint = "x" + context.LoginHint;
                    return Task.CompletedTask;
                };
            },
            simulator: options => options.Accounts.Add(new CibaSimulatorAccount("xalice")));
        using var browser = host.CreateBrowser();
        await SignInAsync(host, browser, await SendAsync(browser, "alice", isTicked: true), "xalice");

        await SignInAsync(host, browser, await browser.SubmitAsync(await browser.OpenAsync("/signin-ciba")), "xalice");

        Assert.Equal(["xalice", "xalice"], host.Op.Requests.Select(request => request.LoginHint));
    }

    [Fact]
    public async Task Not_ticked_it_is_not()
    {
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();

        await SignInAsync(host, browser, await SendAsync(browser, "alice", isTicked: false));

        Assert.Null(Cookie(browser));
    }

    [Fact]
    public async Task Neither_is_a_hint_that_nobody_has()
    {
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();

        var wrong = await SendAsync(browser, "nobody", isTicked: true);

        Assert.Equal("nobody", wrong.Value("#login_hint"));
        Assert.Null(Cookie(browser));
    }

    [Fact]
    public async Task A_tick_stays_where_the_hint_comes_back()
    {
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();

        var page = await SendAsync(browser, "", isTicked: true);

        Assert.True(page.Document.QuerySelector("[name=remember]")!.HasAttribute("checked"));
    }

    [Fact]
    public async Task This_is_not_me_forgets_it_and_a_forged_form_does_not()
    {
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();
        await SignInAsync(host, browser, await SendAsync(browser, "alice", isTicked: true));
        var known = await browser.OpenAsync("/signin-ciba");

        _ = await browser.SubmitAsync(known, "form[action*='/forget']", ("__RequestVerificationToken", "forged"));
        Assert.NotNull(Cookie(browser));

        var fresh = await browser.SubmitAsync(known, "form[action*='/forget']");
        Assert.Equal("", fresh.Value("#login_hint") ?? "");
        Assert.NotNull(fresh.Document.QuerySelector("#login_hint"));
        Assert.Null(Cookie(browser));
    }

    [Fact]
    public async Task A_form_with_a_field_asks_whom_it_names_although_another_is_remembered()
    {
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();
        await SignInAsync(host, browser, await SendAsync(browser, "alice", isTicked: true));
        using var other = host.CreateBrowser();
        var form = await other.OpenAsync("/me");
        other.Cookies.Add(Cookie(browser)!);

        _ = await other.SubmitAsync(form, "form", ("login_hint", "carol"));

        Assert.Equal("carol", host.Op.Requests[^1].LoginHint);
    }

    [Theory]
    [InlineData(89, true)]
    [InlineData(91, false)]
    public async Task After_ninety_days_it_is_forgotten_however_long_the_browser_keeps_the_cookie(int days, bool isKnown)
    {
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();
        await SignInAsync(host, browser, await SendAsync(browser, "alice", isTicked: true));
        var protector = host.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("SsoCibaMethod", "Page", "Ciba", "v1", Kept);

        Cookie(browser)!.Value = protector.Protect($"{(host.Clock.GetUtcNow() - TimeSpan.FromDays(days)).ToUnixTimeSeconds()}\nalice");

        Assert.Equal(isKnown, (await browser.OpenAsync("/signin-ciba")).Document.QuerySelector("#login_hint") is null);
    }

    [Fact]
    public async Task Without_the_setting_there_is_no_box_and_a_tick_counts_for_nothing()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();
        Assert.Null((await browser.OpenAsync("/me")).Document.QuerySelector("[name=remember]"));

        await SignInAsync(host, browser, await SendAsync(browser, "alice", isTicked: true));

        Assert.Null(Cookie(browser));
    }

    private static Task<CibaTestHost> StartAsync() => CibaTestHost.StartAsync(
        options => options.LoginHint.Remember = true, simulator: options => options.Accounts.Add(new("carol") { Name = "Carol" }));

    private static async Task<TestPage> SendAsync(TestBrowser browser, string hint, bool isTicked) => isTicked
        ? await browser.SubmitAsync(await browser.OpenAsync("/me"), "form", ("login_hint", hint), ("remember", "yes"))
        : await browser.SubmitAsync(await browser.OpenAsync("/me"), "form", ("login_hint", hint));

    private static async Task SignInAsync(CibaTestHost host, TestBrowser browser, TestPage waiting, string hint = "alice")
    {
        await host.ApproveAsync(browser, waiting, hint);
        _ = await browser.OpenAsync(waiting.Address.ToString());
    }

    private static Cookie? Cookie(TestBrowser browser) =>
        browser.Cookies.GetCookies(new Uri("https://app.example/signin-ciba")).FirstOrDefault(cookie => cookie.Name.Contains(Kept, StringComparison.Ordinal));
}
