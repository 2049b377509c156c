using System.Net;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Secrets;

[Trait("Spec", "S-15")]
public class HeaderTests
{
    private static readonly string[] Required =
    [
        "no-store",
        "Content-Security-Policy: default-src 'none'; ",
        "script-src 'self'; ",
        "connect-src 'self'; ",
        "form-action 'self'; ",
        "base-uri 'none'; ",
        "frame-ancestors 'none'",
        "Permissions-Policy: ",
        "Cross-Origin-Opener-Policy: same-origin",
        "X-Frame-Options: DENY",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: no-referrer",
    ];

    [Fact]
    public async Task Every_page_redirect_and_status_forbids_keeping_framing_and_referring()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();
        var form = await browser.OpenAsync("/signin-ciba");
        AssertProtected(form);
        AssertProtected(await browser.SubmitAsync(form, "form", ("login_hint", "")));
        AssertProtected(await browser.SubmitAsync(form, "form", ("attempt", "")));
        AssertProtected(await browser.SubmitAsync(form, "form", ("login_hint", "nobody")));
        AssertProtected(await host.BeginAsync(browser, "bob"));

        var waiting = await host.BeginAsync(browser);
        AssertProtected(waiting);
        AssertProtected(await browser.SendAsync(HttpMethod.Get, waiting.Document.QuerySelector("[data-watch]")!.GetAttribute("data-watch")!));
        AssertProtected(await browser.SendAsync(HttpMethod.Head, waiting.Address.PathAndQuery));
        AssertProtected(await browser.SendAsync(HttpMethod.Get, "/signin-ciba/cancel" + waiting.Address.Query));
        await host.ApproveAsync(browser, waiting);
        AssertProtected(await browser.SendAsync(HttpMethod.Get, waiting.Address.PathAndQuery));
    }

    [Fact]
    public async Task A_surprise_s_page_is_protected_too()
    {
        await using var host = await CibaTestHost.StartAsync(options => options.Events.OnBackchannelAuthentication = _ => throw new InvalidOperationException("A surprise."));
        using var browser = host.CreateBrowser();

        var page = await host.BeginAsync(browser);

        Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
        AssertProtected(page);
        Assert.DoesNotContain("A surprise.", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assets_may_be_kept_for_ever_under_their_hashed_names()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();

        foreach (var element in (await browser.OpenAsync("/signin-ciba")).Document.QuerySelectorAll("link,script"))
        {
            var asset = await browser.SendAsync(HttpMethod.Get, (element.GetAttribute("href") ?? element.GetAttribute("src"))!);
            Assert.Equal(HttpStatusCode.OK, asset.Status);
            Assert.Contains("immutable", asset.Headers, StringComparison.Ordinal);
            Assert.Contains("X-Content-Type-Options: nosniff", asset.Headers, StringComparison.Ordinal);
            Assert.DoesNotContain("Set-Cookie", asset.Headers, StringComparison.Ordinal);
        }
    }

    private static void AssertProtected(TestPage page) => Assert.All(Required, header => Assert.Contains(header, page.Headers, StringComparison.Ordinal));
}
