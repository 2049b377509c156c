using Microsoft.Playwright;
using SsoCibaMethod.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace SsoCibaMethod.Browser.Tests;

/// <summary>What the script adds: the code at once, a clock that runs, and a page that finds its way back after a sleep or a lost connection.</summary>
[Collection(QuickApp.Second)]
public sealed class ScriptTests(QuickApp app)
{
    [BrowserFact]
    public Task The_code_is_on_the_screen_before_the_request_has_left() => app.VisitAsync(async visitor =>
    {
        var login = await visitor.BeginAsync();
        await Expect(login.Digits).ToHaveCountAsync(0);
        await login.Page.EvaluateAsync("addEventListener('submit', event => event.preventDefault())");
        await login.SendAsync("alice");
        await Expect(login.Digits).ToBeVisibleAsync();
        await Expect(login.Page.GetByRole(AriaRole.Button, new() { Name = "Send request to my phone" })).ToBeDisabledAsync();

        var code = await login.CodeAsync();
        await login.Page.EvaluateAsync("document.forms[0].submit()");
        await login.IsWaitingAsync();
        Assert.Equal(code, await login.CodeAsync());
    });

    [BrowserFact]
    public Task Without_script_the_code_stands_under_the_field() => app.VisitAsync(script: false, async visitor =>
    {
        var login = await visitor.BeginAsync();
        var code = await login.CodeAsync();
        await login.SendAsync("alice");
        await login.IsWaitingAsync();
        Assert.Equal(code, await login.CodeAsync());
    });

    [BrowserFact]
    public Task The_time_left_runs() => app.VisitAsync(async visitor =>
    {
        var login = await visitor.WaitAsync("alice");
        var timer = login.Page.GetByRole(AriaRole.Timer);
        var first = await timer.InnerTextAsync();
        await Expect(timer).Not.ToHaveTextAsync(first);
        var second = await timer.InnerTextAsync();
        Assert.True(string.CompareOrdinal(second, first) < 0, $"{first}, then {second}");
    });

    [BrowserFact]
    public Task The_focus_stays_where_it_is_while_the_page_waits() => app.VisitAsync(async visitor =>
    {
        visitor.Troubles.Expect("net::ERR_INTERNET_DISCONNECTED");
        var login = await visitor.WaitAsync("alice");
        var cancel = login.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" });
        await cancel.FocusAsync();
        var calm = await login.Status.InnerTextAsync();
        var timer = login.Page.GetByRole(AriaRole.Timer);
        var first = await timer.InnerTextAsync();

        await visitor.Context.SetOfflineAsync(true);
        await Expect(login.Status).Not.ToHaveTextAsync(calm);
        await Expect(timer).Not.ToHaveTextAsync(first);

        await Expect(cancel).ToBeFocusedAsync();
        await visitor.Context.SetOfflineAsync(false);
        await Expect(login.Status).ToHaveTextAsync(calm);
    });

    [BrowserFact]
    public Task What_is_typed_as_a_code_can_be_shown_and_is_hidden_again_when_it_is_sent() => app.VisitAsync(async visitor =>
    {
        var login = await visitor.BeginAsync();
        await login.SendAsync("bob");
        await login.ShowsAsync("Enter your code");
        await login.UserCode.FillAsync("1234");
        await Expect(login.UserCode).ToHaveAttributeAsync("type", "password");

        await login.PressAsync("Show what I type");
        await Expect(login.UserCode).ToHaveAttributeAsync("type", "text");

        await login.Page.EvaluateAsync("addEventListener('submit', event => event.preventDefault())");
        await login.UserCode.PressAsync("Enter");
        await Expect(login.UserCode).ToHaveAttributeAsync("type", "password");
    });

    [BrowserFact]
    public Task A_lost_connection_is_told_and_the_page_finishes_when_it_is_back() => app.VisitAsync(async visitor =>
    {
        visitor.Troubles.Expect("net::ERR_INTERNET_DISCONNECTED");
        var login = await visitor.WaitAsync("alice");
        await visitor.Context.SetOfflineAsync(true);
        await Expect(login.Status).ToContainTextAsync("The connection is interrupted.");

        await app.VisitAsync(other => other.Phone.ApproveAsync(login));
        await visitor.Context.SetOfflineAsync(false);
        await login.IsSignedInAsync();
    });

    [BrowserFact]
    public Task When_the_connection_is_back_the_page_says_so_at_once() => app.VisitAsync(async visitor =>
    {
        visitor.Troubles.Expect("net::ERR_INTERNET_DISCONNECTED");
        var login = await visitor.WaitAsync("alice");
        var calm = await login.Status.InnerTextAsync();
        await visitor.Context.SetOfflineAsync(true);
        await Expect(login.Status).Not.ToHaveTextAsync(calm);
        await visitor.Context.SetOfflineAsync(false);
        await Expect(login.Status).ToHaveTextAsync(calm);
    });

    [BrowserFact]
    public Task A_page_that_becomes_visible_asks_at_once_whatever_its_connection_did_in_its_sleep() => app.VisitAsync(async visitor =>
    {
        // A connection that died unnoticed answers nothing and ends nothing.
        var isDead = true;
        await visitor.Context.RouteAsync("**/signin-ciba/status?*", route => isDead ? Task.CompletedTask : route.ContinueAsync());
        var login = await visitor.WaitAsync("alice");
        await visitor.Phone.ApproveAsync(login);

        isDead = false;
        await login.Page.Locator("html").DispatchEventAsync("visibilitychange", new { bubbles = true });
        await login.IsSignedInAsync();
        await visitor.Context.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
    });

    [BrowserTheory]
    [InlineData(502, "text/html", "<!DOCTYPE html><title>Bad gateway</title>")]
    [InlineData(200, "text/html", "<!DOCTYPE html><title>Welcome to the hotel</title>")]
    [InlineData(200, "application/json", "{\"state\":")]
    public Task What_a_proxy_answers_in_our_place_is_trouble_and_the_page_finishes_when_it_is_over(int status, string type, string body) => app.VisitAsync(async visitor =>
    {
        visitor.Troubles.Expect($"{status}");
        var isInBetween = true;
        await visitor.Context.RouteAsync("**/signin-ciba/status?*", route => isInBetween
            ? route.FulfillAsync(new() { Status = status, ContentType = type, Body = body })
            : route.ContinueAsync());
        var login = await visitor.WaitAsync("alice");
        await Expect(login.Status).ToContainTextAsync("The connection is interrupted.");
        await visitor.Phone.ApproveAsync(login);

        isInBetween = false;
        await login.IsSignedInAsync();
        await visitor.Context.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
    });

    [BrowserFact]
    public Task A_time_that_is_over_by_the_pages_clock_is_asked_about_at_once() => app.VisitAsync(async visitor =>
    {
        // The server is asked again without holding the question; what it says counts, not the clock of the page.
        var login = await visitor.BeginAsync();
        var asked = login.Page.WaitForRequestAsync(request => request.Url.Contains("/signin-ciba/status?", StringComparison.Ordinal)
            && !request.Url.Contains("seen=", StringComparison.Ordinal));
        await login.Page.Clock.InstallAsync();
        await login.SendAsync("alice");
        await login.IsWaitingAsync();
        await login.Page.Clock.FastForwardAsync("20:00");
        _ = await asked;
    });
}
