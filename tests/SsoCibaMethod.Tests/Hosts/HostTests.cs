using System.Net;
using Microsoft.AspNetCore.Builder;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Hosts;

public class HostTests
{
    public static TheoryData<string> Kinds => [.. HostKind.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_same_sign_in_passes_in_every_kind_of_host(string kind)
    {
        await using var host = await CibaTestHost.StartAsync(services: HostKind.All[kind].Services, pipeline: HostKind.All[kind].Pipeline);
        using var browser = host.CreateBrowser();

        var me = await host.SignInAsync(browser);

        Assert.Equal("/me", me.Address.PathAndQuery);
        Assert.Equal("Alice Aaltonen", me.Claims()["name"]);
    }

    [Fact]
    public async Task Behind_a_fallback_policy_page_assets_and_status_answer_to_everybody()
    {
        var kind = HostKind.All["fallback policy"];
        await using var host = await CibaTestHost.StartAsync(services: kind.Services, pipeline: kind.Pipeline);
        using var browser = host.CreateBrowser();

        var page = await browser.OpenAsync("/signin-ciba");
        Assert.Equal("Sign in", page.Title);
        foreach (var address in Assets(page).Append("/signin-ciba/status"))
        {
            Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(HttpMethod.Get, address)).Status);
        }
    }

    [Fact]
    public async Task Below_a_path_base_links_assets_cookies_and_the_return_address_have_it()
    {
        await using var host = await CibaTestHost.StartAsync(pipeline: app =>
        {
            app.UsePathBase("/base");
            CibaTestHost.ShowUser(app);
            app.UseRouting();
        });
        using var browser = host.CreateBrowser("http://app.example/");

        var page = await browser.OpenAsync("/base/me?x=1");
        Assert.StartsWith("/base/signin-ciba", page.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.All(page.Document.QuerySelectorAll("[href],[src],[action]"), element =>
            Assert.StartsWith("/base/", element.GetAttribute("href") ?? element.GetAttribute("src") ?? element.GetAttribute("action"), StringComparison.Ordinal));
        foreach (var asset in Assets(page))
        {
            Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(HttpMethod.Get, asset)).Status);
        }

        var waiting = await browser.SubmitAsync(page, "form", ("login_hint", "alice"));
        Assert.Equal("/base/signin-ciba", Assert.Single(browser.Handles("http://app.example/base/signin-ciba")).Path);
        await host.ApproveAsync(browser, waiting);
        Assert.Equal("/base/me?x=1", (await browser.OpenAsync(waiting.Address.ToString())).Address.PathAndQuery);
    }

    [Fact]
    public async Task Without_a_wish_a_sign_in_below_a_path_base_ends_at_its_root()
    {
        await using var host = await CibaTestHost.StartAsync(pipeline: app =>
        {
            app.UsePathBase("/base");
            CibaTestHost.ShowUser(app);
            app.UseRouting();
        });
        using var browser = host.CreateBrowser();

        Assert.Equal("/base/", (await host.SignInAsync(browser, "/base/signin-ciba")).Address.PathAndQuery);
    }

    private static IEnumerable<string> Assets(TestPage page) => page.Document.QuerySelectorAll("link,script").Select(element =>
        (element.GetAttribute("href") ?? element.GetAttribute("src"))!);
}
