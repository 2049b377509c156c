using System.Net;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Protection;

/// <summary>A limit for each hint lets a stranger lock its owner out; whose browser has signed in with it before is let in nevertheless.</summary>
[Trait("Spec", "S-42")]
public class KnownBrowserPageTests
{
    [Fact]
    public async Task Who_has_signed_in_here_before_gets_in_while_strangers_flood()
    {
        await using var host = await StartAsync();
        using var victim = host.CreateBrowser();
        await SignInAndOutAsync(host, victim);
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        await FloodAsync(host);

        await SignInAndOutAsync(host, victim);
    }

    [Fact]
    public async Task Who_has_signed_in_here_before_gets_in_while_strangers_behind_the_same_address_flood()
    {
        await using var host = await StartAsync();
        using var victim = host.CreateBrowserAt("192.0.2.1");
        await SignInAndOutAsync(host, victim);
        using var stranger = host.CreateBrowserAt("192.0.2.1");
        while ((await host.BeginAsync(stranger, $"nobody{host.Log.Lines.Count}")).Status != HttpStatusCode.TooManyRequests)
        {
        }

        Assert.Contains("StartLimits:PerAddress", host.Log.Text, StringComparison.Ordinal);
        await SignInAndOutAsync(host, victim);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.BeginAsync(victim, "nobody")).Status);

        // Nor does it use up what is left to the strangers.
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("Check your phone", (await host.BeginAsync(victim)).Title);
        }

        for (var i = 0; i < 10; i++)
        {
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await host.BeginAsync(stranger, $"nobody else {i}")).Status);
        }
    }

    [Fact]
    public async Task It_has_a_number_of_its_own_and_gives_strangers_none_of_it()
    {
        await using var host = await StartAsync();
        using var known = host.CreateBrowser();
        await SignInAndOutAsync(host, known);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("Check your phone", (await host.BeginAsync(known)).Title);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.BeginAsync(known)).Status);
        Assert.Contains("StartLimits:PerBrowser", host.Log.Text, StringComparison.Ordinal);

        // Nor did it use up theirs, but for the first, when it was a stranger itself.
        using var stranger = host.CreateBrowser();
        Assert.Equal("Check your phone", (await host.BeginAsync(stranger)).Title);
        Assert.Equal("Check your phone", (await host.BeginAsync(stranger)).Title);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.BeginAsync(stranger)).Status);
    }

    [Fact]
    public async Task For_another_hint_it_is_a_stranger()
    {
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();
        await SignInAndOutAsync(host, browser);
        await FloodAsync(host, "alice@example.com");

        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.BeginAsync(browser, "alice@example.com")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("made-up")]
    [InlineData("x")]
    public async Task Nobody_can_claim_it(string change)
    {
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();
        await SignInAndOutAsync(host, browser);
        await FloodAsync(host);

        var cookie = Known(browser)!;
        cookie.Value = change == "x" ? cookie.Value[..^1] + (cookie.Value[^1] == 'A' ? 'Q' : 'A') : change;

        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.BeginAsync(browser)).Status);
    }

    [Fact]
    [Trait("Spec", "S-11")]
    public async Task Its_cookie_is_for_this_host_and_no_script_and_lasts_ninety_days()
    {
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();
        _ = await host.BeginAsync(browser);
        Assert.Null(Known(browser));
        await SignInAndOutAsync(host, browser);

        var written = Assert.Single(browser.Received.SelectMany(answer => answer.Split('\n', ',')), part => part.Contains("__Host-CibaKnown.", StringComparison.Ordinal));

        Assert.EndsWith("max-age=7776000; path=/; secure; samesite=lax; httponly", written.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_limits_there_is_no_such_cookie()
    {
        await using var host = await StartAsync(isEnabled: false);
        using var browser = host.CreateBrowser();

        await SignInAndOutAsync(host, browser);

        Assert.Null(Known(browser));
    }

    private static Cookie? Known(TestBrowser browser) =>
        browser.Cookies.GetAllCookies().SingleOrDefault(cookie => cookie.Name.Contains("CibaKnown", StringComparison.Ordinal));

    private static async Task SignInAndOutAsync(CibaTestHost host, TestBrowser browser)
    {
        var waiting = await host.BeginAsync(browser);
        Assert.True(host.Op.Approve(host.Op.Requests[^1].AuthReqId));
        Assert.Equal("approved", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));
        Assert.Equal("/me", (await browser.OpenAsync(waiting.Address.ToString())).Address.AbsolutePath);
        browser.Cookies.GetAllCookies().Single(cookie => cookie.Name == ".AspNetCore.Cookies").Expired = true;
    }

    private static async Task FloodAsync(CibaTestHost host, string hint = "alice")
    {
        using var stranger = host.CreateBrowser();
        TestPage page;
        do
        {
            page = await host.BeginAsync(stranger, hint);
        }
        while (page.Status != HttpStatusCode.TooManyRequests);
    }

    private static Task<CibaTestHost> StartAsync(bool isEnabled = true) => CibaTestHost.StartAsync(options =>
    {
        CibaTestHost.WithDefaultLimits(options);
        options.StartLimits.Enabled = isEnabled;
    });
}
