using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
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
        browser.Cookies.Add(cookies);

        // The waiting page, its form sent again, and the same without the challenge.
        TestPage[] pages =
        [
            await browser.OpenAsync(waiting.Address.ToString()),
            await browser.SubmitAsync(form, "form", ("login_hint", "alice")),
            await browser.OpenAsync($"/signin-bank?a={NumberIn(waiting)}"),
        ];
        Assert.All(pages, page => Assert.Equal((HttpStatusCode.ServiceUnavailable, Closed), (page.Status, page.Notice)));

        // Its style sheet is there, and its script learns that the login is over.
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync(pages[0].Document.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!)).Status);
        var status = await browser.SendAsync(HttpMethod.Get, waiting.Document.QuerySelector("[data-watch]")!.GetAttribute("data-watch")!);
        Assert.Equal((HttpStatusCode.OK, "unknown"), (status.Status, JsonNode.Parse(status.Body)?["state"]?.GetValue<string>()));
        Assert.DoesNotContain(host.Host.Log.Lines, line => line.Level >= LogLevel.Error && line.Category == typeof(CibaHandler).FullName);
    }

    [Theory]
    [InlineData("https://app.example/", false)]
    [InlineData("https://app.example/", true)]
    [InlineData("http://localhost/", true)]
    public async Task Who_comes_back_to_where_a_page_was_before_is_led_to_it(string address, bool isByCookie)
    {
        var (waiting, _, cookies) = await BeginAsync(address);
        await using var host = await StartAsync(new() { ["Bank"] = Method("app", ("CallbackPath", "/at-the-bank")) }, keys: _keys);
        using var browser = host.Host.CreateBrowser(address);
        if (isByCookie)
        {
            browser.Cookies.Add(cookies);
        }

        var page = await browser.OpenAsync(isByCookie ? $"/signin-bank?a={NumberIn(waiting)}" : waiting.Address.ToString());

        Assert.Equal("/at-the-bank", page.Address.AbsolutePath);
        Assert.NotNull(page.Document.QuerySelector("input[name=login_hint]"));
    }

    [Theory]
    [InlineData("/status", null)]
    [InlineData("/cancel", "/cancel")]
    [InlineData("/again", "/again")]
    [InlineData("/code", "/code")]
    [InlineData("/other", "/other")]
    [InlineData("/anything", "")]
    [InlineData("", "")]
    public async Task What_an_open_page_asks_where_it_was_before_comes_to_the_same_place_now(string below, string? now)
    {
        var (waiting, _, _) = await BeginAsync("https://app.example/");
        await using var host = await StartAsync(new() { ["Bank"] = Method("app", ("CallbackPath", "/at-the-bank")) }, keys: _keys);
        using var browser = host.Host.CreateBrowser();

        var answer = await browser.SendAsync(below == "/status" ? HttpMethod.Get : HttpMethod.Post, $"/signin-bank{below}{waiting.Address.Query}");

        if (now is null)
        {
            // Its script loads the page then, and that is led on.
            Assert.Equal((HttpStatusCode.OK, "unknown"), (answer.Status, JsonNode.Parse(answer.Body)?["state"]?.GetValue<string>()));
            return;
        }

        Assert.Equal((HttpStatusCode.TemporaryRedirect, $"/at-the-bank{now}{waiting.Address.Query}"), (answer.Status, answer.RedirectsTo?.PathAndQuery));
    }

    [Theory]
    [InlineData("POST", "/signin-oidc", "another's")]
    [InlineData("POST", "/signin-oidc?a={number}", "another's")]
    [InlineData("GET", "/signin-oidc?state=theirs&code=x", "another's")]
    [InlineData("GET", "/signin-anything", "the application's")]
    [InlineData("GET", "/signin-anything?a={number}", "the application's")]
    public async Task What_others_answer_they_answer_whatever_cookie_the_browser_has(string method, string address, string answer)
    {
        var (waiting, _, cookies) = await BeginAsync("https://app.example/");
        await using var host = await StartAsync(
            new() { ["Shop"] = Method("other") },
            keys: _keys,
            services: builder => builder.Services.AddAuthentication().AddRemoteScheme<ForeignOptions, ForeignHandler>("Oidc", null, options => options.CallbackPath = "/signin-oidc"),
            pipeline: app => app.MapGet("/signin-anything", () => "the application's"));
        using var browser = host.Host.CreateBrowser();
        browser.Cookies.Add(cookies);

        var page = await browser.SendAsync(HttpMethod.Parse(method), address.Replace("{number}", NumberIn(waiting), StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.OK, answer), (page.Status, page.Body));
    }

    [Theory]
    [InlineData("/signin-bank")]
    [InlineData("/signin-oidc")]
    [InlineData("/signin-oidc?a=abcd1234")]
    public async Task A_cookie_alone_or_of_another_attempt_says_nothing_of_a_request(string address)
    {
        var (_, _, cookies) = await BeginAsync("https://app.example/");
        await using var host = await StartAsync(new() { ["Shop"] = Method("other") }, keys: _keys);
        using var browser = host.Host.CreateBrowser();
        browser.Cookies.Add(cookies);

        Assert.Equal((HttpStatusCode.NotFound, ""), ((await browser.OpenAsync(address)) is var page ? page.Status : default, page.Body));
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

    private static string? NumberIn(TestPage waiting) => System.Web.HttpUtility.ParseQueryString(waiting.Address.Query)["a"];

    private async Task<(TestPage Waiting, TestPage Form, CookieCollection Cookies)> BeginAsync(string address)
    {
        await using var host = await StartAsync(new() { ["Bank"] = Method() }, keys: _keys);
        using var browser = host.Host.CreateBrowser(address);
        var form = await browser.OpenAsync("/signin/Bank");
        var waiting = await browser.SubmitAsync(form, "form", ("login_hint", "alice"));
        Assert.Equal("Check your phone", waiting.Title);
        return (waiting, form, browser.Cookies.GetAllCookies());
    }

    private sealed class ForeignOptions : RemoteAuthenticationOptions;

    // Another protocol's handler, added after ours.
    private sealed class ForeignHandler(IOptionsMonitor<ForeignOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : RemoteAuthenticationHandler<ForeignOptions>(options, logger, encoder)
    {
        protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
        {
            await Response.WriteAsync("another's");
            return HandleRequestResult.Handle();
        }
    }
}
