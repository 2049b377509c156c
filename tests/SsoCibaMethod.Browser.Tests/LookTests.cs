using SsoCibaMethod.Browser.Tests.Hosting;

namespace SsoCibaMethod.Browser.Tests;

/// <summary>What the browser loads for the page is small.</summary>
[Collection(QuickApp.First)]
public sealed class LookTests(QuickApp app)
{
    private const int MostBytes = 30 * 1024;

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
}
