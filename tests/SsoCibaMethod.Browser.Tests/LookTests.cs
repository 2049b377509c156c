using Microsoft.Playwright;
using SsoCibaMethod.Browser.Tests.Hosting;

namespace SsoCibaMethod.Browser.Tests;

/// <summary>The page is small, fits the smallest screens, and can be hit with a thumb.</summary>
[Collection(QuickApp.First)]
public sealed class LookTests(QuickApp app)
{
    private const int MostBytes = 30 * 1024;
    private const int NarrowestScreen = 320;
    private const int SmallestTarget = 44;

    [BrowserFact]
    public Task The_wait_with_its_style_sheet_and_its_script_is_at_most_30_KB() => app.VisitAsync(async visitor =>
    {
        var login = await visitor.WaitAsync("alice");
        var bytes = 0;
        foreach (var address in new[]
        {
            login.Page.Url,
            await login.Page.Locator("link[rel=stylesheet]").GetAttributeAsync("href"),
            await login.Page.Locator("script").GetAttributeAsync("src"),
        })
        {
            bytes += (await (await visitor.Context.APIRequest.GetAsync(address!)).BodyAsync()).Length;
        }

        Assert.InRange(bytes, 1, MostBytes);
    });

    // 320 pixels is also what 400 % zoom leaves of a usual screen (WCAG 1.4.10).
    [BrowserFact]
    public Task Every_page_fits_a_screen_of_320_pixels_and_every_target_is_44_pixels_high() => app.VisitAsync(
        async visitor =>
        {
            var login = await visitor.BeginAsync();
            await FitsAsync(login.Page);
            await login.SendAsync("bob");
            await login.ShowsAsync("Enter your code");
            await FitsAsync(login.Page);
            await login.SendUserCodeAsync("1234");
            await login.IsWaitingAsync();
            await FitsAsync(login.Page);
            await login.PressAsync("Cancel");
            await login.ShowsAsync("Cancelled");
            await FitsAsync(login.Page);
        },
        new() { ViewportSize = new() { Width = NarrowestScreen, Height = 568 } });

    private static async Task FitsAsync(IPage page)
    {
        Assert.Equal(NarrowestScreen, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        foreach (var target in await page.Locator("a:visible, button:visible, summary:visible, select:visible, input:not([type=hidden]):visible").AllAsync())
        {
            Assert.True((await target.BoundingBoxAsync())!.Height >= SmallestTarget, await target.InnerTextAsync());
        }
    }
}
