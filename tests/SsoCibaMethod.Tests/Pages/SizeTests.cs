using System.Text;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Pages;

/// <summary>Page, style and script together stay below 30 KB in every language, uncompressed.</summary>
public class SizeTests
{
    private const int Most = 30 * 1024;

    public static TheoryData<string> Languages => [.. Directory.GetFiles(Path.Combine(Repository.Root, "resources"), "messages*.json")
        .Select(Path.GetFileName).Where(name => name != "messages.schema.json").Select(name => name!.Split('.') is [_, var language, _] ? language : "en")];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Every_state_is_small(string language)
    {
        await using var host = await CibaTestHost.StartAsync(options =>
        {
            options.LoginHint.Remember = true;
            options.StartLimits.PerHint = 5;
            options.Page.PhoneApp = options.Page.Name = "A name of the usual length";
            options.Page.Accent = "#0b6e4f";
            options.Page.AccentDark = "#6fd3ae";
            options.Page.Help = options.Page.Privacy = options.Page.Accessibility = "https://www.example.com/some/longer/address";
            options.Page.OtherWays["Another way"] = "/another?returnUrl={returnUrl}";
        });
        using var browser = host.CreateBrowser();
        browser.AcceptLanguage = language;
        var open = "/me?from=" + new string('x', 150);

        var hint = await browser.OpenAsync(open);
        var code = await browser.SubmitAsync(hint, "form", ("login_hint", "bob"));
        var waiting = await host.BeginAsync(browser, open: open);
        var cancelled = await browser.SubmitAsync(waiting, "form[action*='/cancel']");
        var declined = await host.BeginAsync(browser, open: open);
        Assert.True(host.Op.Decline(host.Op.Requests[^1].AuthReqId));
        _ = await host.AdvanceUntilNotAsync(browser, declined, "waiting");
        host.Op.FailNextRequest("invalid_client");
        var pages = new Dictionary<string, TestPage>(StringComparer.Ordinal)
        {
            ["hint"] = hint,
            ["user_code"] = await browser.SubmitAsync(code, "form", ("user_code", "0000")),
            ["waiting"] = waiting,
            ["cancelled"] = cancelled,
            ["declined"] = await browser.OpenAsync(declined.Address.ToString()),
            ["failed"] = await host.BeginAsync(browser, open: open),
            ["unknown"] = await browser.OpenAsync(hint.Address + "&a=abcdefgh"),
        };

        while (!pages.ContainsKey("limited"))
        {
            var page = await host.BeginAsync(browser, "carol", open);
            pages[page.Document.QuerySelector("main")!.GetAttribute("data-state")!] = page;
        }

        foreach (var (state, page) in pages)
        {
            Assert.Equal(language, page.Document.DocumentElement.GetAttribute("lang"));
            Assert.Equal(state, page.Document.QuerySelector("main")!.GetAttribute("data-state"));
            Assert.InRange(Encoding.UTF8.GetByteCount(page.Body) + await AssetsAsync(browser, page), 1, Most);
        }
    }

    private static async Task<int> AssetsAsync(TestBrowser browser, TestPage page)
    {
        var sum = 0;
        foreach (var element in page.Document.QuerySelectorAll("link[rel=stylesheet], script"))
        {
            sum += Encoding.UTF8.GetByteCount((await browser.SendAsync(HttpMethod.Get, element.GetAttribute("href") ?? element.GetAttribute("src")!)).Body);
        }

        return sum;
    }
}
