using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;
using static SsoCibaMethod.Tests.Administration.AdministeredHost;

namespace SsoCibaMethod.Tests.Administration;

/// <summary>The application was started anew without a method: whoever comes back to it reads a text, and the application's own pages stay its own.</summary>
public class GoneMethodTests
{
    private const string Closed = "This way of signing in is switched off at the moment.";

    private readonly KeyShelf _keys = new();

    [Theory]
    [InlineData("https://app.example/")]
    [InlineData("http://localhost/")]
    public async Task Who_comes_back_reads_a_text(string address)
    {
        var (waiting, form, cookies) = await BeginAsync(address);
        await using var host = await StartAsync(new() { ["Shop"] = Method("other") }, keys: _keys);
        using var browser = host.Host.CreateBrowser(address);
        foreach (Cookie cookie in cookies)
        {
            browser.Cookies.Add(cookie);
        }

        // The waiting page, its form sent again, the same without the challenge, and the bare address.
        var number = System.Web.HttpUtility.ParseQueryString(waiting.Address.Query)["a"];
        TestPage[] pages =
        [
            await browser.OpenAsync(waiting.Address.ToString()),
            await browser.SubmitAsync(form, "form", ("login_hint", "alice")),
            await browser.OpenAsync($"/signin-bank?a={number}"),
            await browser.OpenAsync("/signin-bank"),
        ];
        Assert.All(pages, page => Assert.Equal((HttpStatusCode.ServiceUnavailable, Closed), (page.Status, page.Notice)));

        // Its style sheet is there, and its script learns that the login is over.
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync(pages[0].Document.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!)).Status);
        var status = await browser.SendAsync(HttpMethod.Get, waiting.Document.QuerySelector("[data-watch]")!.GetAttribute("data-watch")!);
        Assert.Equal((HttpStatusCode.OK, "unknown"), (status.Status, JsonNode.Parse(status.Body)?["state"]?.GetValue<string>()));
        Assert.DoesNotContain(host.Host.Log.Lines, line => line.Level >= LogLevel.Error && line.Category == typeof(CibaHandler).FullName);
    }

    [Fact]
    public async Task Who_comes_back_to_where_a_page_was_before_is_led_to_it()
    {
        var (waiting, _, _) = await BeginAsync("https://app.example/");
        await using var host = await StartAsync(new() { ["Bank"] = Method("app", ("CallbackPath", "/at-the-bank")) }, keys: _keys);
        using var browser = host.Host.CreateBrowser();

        var page = await browser.OpenAsync(waiting.Address.ToString());

        Assert.Equal("/at-the-bank", page.Address.AbsolutePath);
        Assert.NotNull(page.Document.QuerySelector("input[name=login_hint]"));
    }

    [Theory]
    [InlineData("/signin-bank")]
    [InlineData("/signin-oidc?state=CfDJ8NotOurs&code=x")]
    [InlineData("/signin-oidc?state=QmFuaw.CfDJ8NotOurs")]
    [InlineData("/signin-oidc?state=%00.%00")]
    [InlineData("/anything?a=abcd1234")]
    public async Task What_is_not_ours_is_left_to_the_application(string address)
    {
        await using var host = await StartAsync(new() { ["Shop"] = Method("other") }, keys: _keys);
        using var browser = host.Host.CreateBrowser();

        Assert.Equal((HttpStatusCode.NotFound, ""), ((await browser.OpenAsync(address)) is var page ? page.Status : default, page.Body));
    }

    [Fact]
    public async Task A_browser_with_a_login_under_way_at_another_method_is_not_told_of_one_that_is_gone()
    {
        await using var host = await StartAsync(new() { ["Shop"] = Method("other") }, keys: _keys);
        using var browser = host.Host.CreateBrowser();
        _ = await host.BeginAsync(browser, "Shop");

        Assert.Equal((HttpStatusCode.NotFound, ""), ((await browser.OpenAsync("/signin-oidc")) is var page ? page.Status : default, page.Body));
    }

    private async Task<(TestPage Waiting, TestPage Form, CookieCollection Cookies)> BeginAsync(string address)
    {
        await using var host = await StartAsync(new() { ["Bank"] = Method() }, keys: _keys);
        using var browser = host.Host.CreateBrowser(address);
        var form = await browser.OpenAsync("/signin/Bank");
        var waiting = await browser.SubmitAsync(form, "form", ("login_hint", "alice"));
        Assert.Equal("Check your phone", waiting.Title);
        return (waiting, form, browser.Cookies.GetAllCookies());
    }
}
