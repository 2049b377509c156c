using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Protection;

/// <summary>The limits on starting with their defaults, as a browser and an OP see them.</summary>
[Trait("Spec", "S-40")]
[Trait("Spec", "S-41")]
public class StartLimitPageTests
{
    private const string TooMany = "There were too many sign-ins in a short time";

    [Fact]
    public async Task The_fourth_start_with_a_hint_is_refused_kindly_and_nothing_is_sent()
    {
        await using var host = await StartAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("Check your phone", (await BeginAsync(host, "Alice")).Title);
        }

        var page = await BeginAsync(host, " alice ");

        Assert.Equal((HttpStatusCode.TooManyRequests, "Please wait a little"), (page.Status, page.Title));
        Assert.StartsWith(TooMany, page.Notice, StringComparison.Ordinal);
        var timer = page.Document.QuerySelector("#notice [role=timer]")!;
        Assert.Equal(("120", "2:00", "You can try again in 2:00."), (timer.GetAttribute("data-retry"), timer.TextContent, timer.ParentElement!.TextContent));
        Assert.Contains("Retry-After: 120", page.Headers, StringComparison.Ordinal);
        Assert.Equal("alice", page.Value("#login_hint"));
        Assert.Equal(3, host.Op.Requests.Count);
        var line = Assert.Single(host.Log.Lines, line => line.Id.Name == "StartRefused");
        Assert.Equal(LogLevel.Information, line.Level);
        Assert.Contains("StartLimits:PerHint", line.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", line.Text, StringComparison.OrdinalIgnoreCase);

        Assert.Equal("Check your phone", (await BeginAsync(host, "alice@example.com")).Title);
    }

    [Fact]
    public async Task What_is_said_holds_and_the_form_on_the_page_works_then()
    {
        await using var host = await StartAsync();
        await StartAndCancelAsync(host, 3);
        using var browser = host.CreateBrowser();
        var refused = await host.BeginAsync(browser);
        Assert.Equal("1:00", Wait(refused));

        host.Clock.Advance(TimeSpan.FromSeconds(59));
        refused = await browser.SubmitAsync(refused);
        Assert.Equal("0:01", Wait(refused));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("Check your phone", (await browser.SubmitAsync(refused)).Title);

        // The next pause is twice as long.
        Assert.Equal("2:00", Wait(await BeginAsync(host, "alice")));
    }

    [Fact]
    public async Task The_same_form_sent_twice_gets_the_same_answer_and_counts_once()
    {
        await using var host = await StartAsync();
        await StartAndCancelAsync(host, 3);
        using var browser = host.CreateBrowser();
        var (method, address, content) = TestBrowser.Form(await browser.OpenAsync("/me"), "form", ("login_hint", "alice"));
        var body = await content.ReadAsStringAsync();

        for (var i = 0; i < 3; i++)
        {
            using var again = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded"));
            var page = await browser.SendAsync(method, address.ToString(), again);
            page = page.RedirectsTo is { } location ? await browser.OpenAsync(location.ToString()) : page;
            Assert.Equal((HttpStatusCode.TooManyRequests, "1:00"), (page.Status, Wait(page)));
        }

        Assert.Single(host.Log.Lines, line => line.Id.Name == "StartRefused");
        Assert.Equal(3, host.Op.Requests.Count);
    }

    [Fact]
    [Trait("Spec", "S-28")]
    public async Task The_page_is_the_same_for_a_hint_that_nobody_has()
    {
        await using var host = await StartAsync();
        await StartAndCancelAsync(host, 3);
        for (var i = 0; i < 3; i++)
        {
            Assert.StartsWith("We could not find this user", (await BeginAsync(host, "nobody")).Notice, StringComparison.Ordinal);
        }

        var known = await BeginAsync(host, "alice");
        var unknown = await BeginAsync(host, "nobody");

        Assert.Equal((known.Status, known.Title, known.Notice, Wait(known)), (unknown.Status, unknown.Title, unknown.Notice, Wait(unknown)));
    }

    [Fact]
    public async Task After_a_decline_the_hint_rests()
    {
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        Assert.True(host.Op.Decline((await host.Op.WaitForRequestAsync("alice")).AuthReqId));
        Assert.Equal("declined", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));

        var refused = await BeginAsync(host, "alice");

        Assert.Equal("1:00", Wait(refused));
        Assert.StartsWith("A request was declined a moment ago", refused.Notice, StringComparison.Ordinal);
        Assert.Contains("(Declined)", host.Log.Text, StringComparison.Ordinal);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Check your phone", (await BeginAsync(host, "alice")).Title);
    }

    [Fact]
    [Trait("Spec", "S-42")]
    public async Task A_stranger_who_never_types_the_code_keeps_no_place()
    {
        await using var host = await StartAsync(options => options.StartLimits.PerHint = 1);
        using var stranger = host.CreateBrowser();
        Assert.Equal("Enter your code", (await host.BeginAsync(stranger, "bob")).Title);
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("Enter your code", (await BeginAsync(host, "bob")).Title);
    }

    [Fact]
    public async Task A_login_that_succeeded_counts_too_when_its_record_is_no_longer_needed()
    {
        await using var host = await StartAsync();
        for (var i = 0; i < 3; i++)
        {
            using var browser = host.CreateBrowser();
            Assert.Equal("/me", (await host.SignInAsync(browser)).Address.AbsolutePath);
        }

        host.Clock.Advance(TimeSpan.FromSeconds(PendingLogin.RedeemedFor.TotalSeconds + 5));
        await host.Services.GetRequiredService<IPendingLoginStore>().DeleteExpiredAsync(default);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await BeginAsync(host, "alice")).Status);
    }

    [Fact]
    public async Task A_refused_form_that_comes_back_later_is_answered_with_a_fresh_one()
    {
        await using var host = await StartAsync();
        await StartAndCancelAsync(host, 3);
        using var browser = host.CreateBrowserAt("192.0.2.1");
        var (method, address, content) = TestBrowser.Form(await browser.OpenAsync("/me"), "form", ("login_hint", "alice"));
        var body = await content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync()).Status);
        host.Clock.Advance(TimeSpan.FromMinutes(2));

        var page = await SendAsync();

        Assert.Equal((HttpStatusCode.BadRequest, "alice"), (page.Status, page.Value("#login_hint")));
        Assert.Equal("Check your phone", (await browser.SubmitAsync(page)).Title);

        async Task<TestPage> SendAsync()
        {
            using var again = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded"));
            return await browser.SendAsync(method, address.ToString(), again);
        }
    }

    [Fact]
    public async Task A_hint_that_the_host_gives_counts_too()
    {
        await using var host = await StartAsync(options =>
            options.LoginHint.Provider = (_, _) => Task.FromResult<CibaLoginHint?>(new CibaLoginHint.Plain("alice")));
        for (var i = 0; i < 3; i++)
        {
            using var browser = host.CreateBrowser();
            Assert.Equal("Check your phone", (await browser.SubmitAsync(await browser.OpenAsync("/me"))).Title);
        }

        using var last = host.CreateBrowser();
        var page = await last.SubmitAsync(await last.OpenAsync("/me"));

        Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
        Assert.Null(page.Document.QuerySelector("#login_hint"));
    }

    [Fact]
    public async Task Limits_that_are_switched_off_limit_nothing()
    {
        await using var host = await StartAsync(options => options.StartLimits.Enabled = false);
        using var browser = host.CreateBrowserAt("192.0.2.1");

        for (var i = 0; i < 12; i++)
        {
            Assert.Equal("Check your phone", (await host.BeginAsync(browser)).Title);
        }
    }

    private static string? Wait(TestPage page) => page.Document.QuerySelector("[data-retry]")?.TextContent;

    private static async Task StartAndCancelAsync(CibaTestHost host, int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var browser = host.CreateBrowser();
            Assert.Equal("Cancelled", (await browser.SubmitAsync(await host.BeginAsync(browser))).Title);
        }
    }

    private static async Task<TestPage> BeginAsync(CibaTestHost host, string hint)
    {
        using var browser = host.CreateBrowser();
        return await host.BeginAsync(browser, hint);
    }

    private static Task<CibaTestHost> StartAsync(Action<CibaOptions>? configure = null) => CibaTestHost.StartAsync(options =>
    {
        CibaTestHost.WithDefaultLimits(options);
        configure?.Invoke(options);
    });
}
