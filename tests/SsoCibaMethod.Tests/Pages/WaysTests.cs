using System.Net;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Pages;

/// <summary>Where the page leads beside the login: other ways to sign in, help, and a new request.</summary>
public class WaysTests
{
    private const string Phone = "Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 Mobile Safari/537.36";

    [Fact]
    public async Task An_address_gets_the_return_url_and_a_scheme_is_challenged_with_it()
    {
        await using var host = await CibaTestHost.StartAsync(options =>
        {
            options.Page.OtherWays["By card"] = "/card?next={returnUrl}";
            options.Page.OtherWays["Again"] = "Cookies";
        });
        using var browser = host.CreateBrowser();

        var links = (await browser.OpenAsync("/me?x=1")).Document.QuerySelectorAll("nav.ways a");

        Assert.Equal(["By card", "Again"], links.Select(link => link.TextContent));
        Assert.Equal("/card?next=%2Fme%3Fx%3D1", links[0].GetAttribute("href"));
        var challenged = await browser.SendAsync(HttpMethod.Get, links[1].GetAttribute("href")!);
        Assert.Equal("/Account/Login", challenged.RedirectsTo?.AbsolutePath);
        Assert.Contains("ReturnUrl=%2Fme%3Fx%3D1", challenged.RedirectsTo!.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ciba")]
    [InlineData("/card")]
    [InlineData("")]
    public async Task No_other_scheme_is_challenged(string scheme)
    {
        await using var host = await CibaTestHost.StartAsync(options => options.Page.OtherWays["By card"] = "/card");
        using var browser = host.CreateBrowser();

        Assert.Equal(HttpStatusCode.NotFound, (await browser.SendAsync(HttpMethod.Get, $"/signin-ciba/other?to={scheme}")).Status);
    }

    [Theory]
    [InlineData("TestBrowser", false)]
    [InlineData(Phone, true)]
    public async Task On_a_phone_they_come_first_and_the_wait_tells_what_to_do_there(string userAgent, bool isFirst)
    {
        await using var host = await CibaTestHost.StartAsync(options => options.Page.OtherWays["By card"] = "/card");
        using var browser = host.CreateBrowser();
        browser.UserAgent = userAgent;

        var page = await browser.OpenAsync("/me");
        var waiting = await host.BeginAsync(browser);

        Assert.Equal(isFirst, page.Body.IndexOf("class=\"ways\"", StringComparison.Ordinal) < page.Body.IndexOf("id=\"login_hint\"", StringComparison.Ordinal));
        Assert.Single(page.Document.QuerySelectorAll("nav.ways"));
        Assert.Equal(isFirst, waiting.Body.Contains("Is the app on this device?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_foot_has_the_links_that_are_set_and_the_head_the_name()
    {
        await using var host = await CibaTestHost.StartAsync(options =>
        {
            options.Page.Name = "The Shop";
            options.Page.PhoneApp = "Bank App";
            options.Page.Help = "/help";
            options.Page.Privacy = "https://shop.example/privacy";
        });
        using var browser = host.CreateBrowser();

        var page = await host.BeginAsync(browser);

        Assert.Equal("The Shop", page.Document.QuerySelector(".brand")!.TextContent);
        Assert.Equal(["/help", "https://shop.example/privacy"], page.Document.QuerySelectorAll("footer .links a").Select(link => link.GetAttribute("href")));
        Assert.Contains("Open Bank App on your phone.", page.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_request_is_prepared_after_half_a_minute_and_sent_by_a_press_only()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        Assert.True(waiting.Document.QuerySelector("form[action*='/again']")!.HasAttribute("hidden"));
        Assert.Contains("in 0:30.", waiting.Document.QuerySelector("[data-before]")!.TextContent, StringComparison.Ordinal);

        host.Clock.Advance(TimeSpan.FromSeconds(30));
        var later = await browser.OpenAsync(waiting.Address.ToString());
        Assert.False(later.Document.QuerySelector("form[action*='/again']")!.HasAttribute("hidden"));
        var form = await browser.SubmitAsync(later, "form[action*='/again']");

        Assert.Equal(("Sign in", "alice"), (form.Title, form.Value("#login_hint")));
        Assert.StartsWith("The request before this one no longer counts.", form.Notice, StringComparison.Ordinal);
        Assert.Single(host.Op.Requests);
        var again = await browser.SubmitAsync(form, "form", ("login_hint", "alice"));
        Assert.Equal("Check your phone", again.Title);
        Assert.NotEqual(waiting.Code, again.Code);
        Assert.Equal(2, host.Op.Requests.Count);
    }

    [Fact]
    public async Task The_end_of_the_time_is_announced_without_script_too()
    {
        await using var host = await CibaTestHost.StartAsync(simulator: options => options.Lifetime = TimeSpan.FromSeconds(60));
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        Assert.True(waiting.Document.QuerySelector("[data-soon]")!.HasAttribute("hidden"));

        host.Clock.Advance(TimeSpan.FromSeconds(30));
        var late = await browser.OpenAsync(waiting.Address.ToString());

        Assert.False(late.Document.QuerySelector("[data-soon]")!.HasAttribute("hidden"));
        Assert.Equal(("60", "30"), (late.Document.QuerySelector("progress")!.GetAttribute("max"), late.Document.QuerySelector("progress")!.GetAttribute("value")));
    }
}
