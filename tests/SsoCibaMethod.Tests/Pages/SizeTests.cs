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
    public async Task Hint_wait_and_end_are_small(string language)
    {
        await using var host = await CibaTestHost.StartAsync(options =>
        {
            options.Page.Help = options.Page.Privacy = options.Page.Accessibility = "https://www.example.com/some/longer/address";
            options.Page.OtherWays["Another way"] = "/another?returnUrl={returnUrl}";
        });
        using var browser = host.CreateBrowser();
        browser.AcceptLanguage = language;

        var hint = await browser.OpenAsync("/me");
        var waiting = await browser.SubmitAsync(hint, "form", ("login_hint", "alice"));
        var end = await browser.SubmitAsync(waiting, "form[action*='/cancel']");

        foreach (var page in new[] { hint, waiting, end })
        {
            Assert.Equal(language, page.Document.DocumentElement.GetAttribute("lang"));
            Assert.InRange(Encoding.UTF8.GetByteCount(page.Body) + await AssetsAsync(browser, page), 1, Most);
        }
    }

    private static async Task<int> AssetsAsync(TestBrowser browser, TestPage page)
    {
        var sum = 0;
        foreach (var element in page.Document.QuerySelectorAll("link[rel=stylesheet], script"))
        {
            sum += (await browser.SendAsync(HttpMethod.Get, element.GetAttribute("href") ?? element.GetAttribute("src")!)).Body.Length;
        }

        return sum;
    }
}
