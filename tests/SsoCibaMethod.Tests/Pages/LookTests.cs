using System.Net;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Pages;

/// <summary>The host's picture and colours come from the page's own address, named after their content, and can do nothing.</summary>
public sealed class LookTests : IDisposable
{
    private const string Picture = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><script>alert(1)</script><rect width="8" height="8"/></svg>""";

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public async Task A_logo_stands_at_the_head_and_opened_by_itself_runs_nothing()
    {
        var file = Path.Combine(_folder, "logo.svg");
        await File.WriteAllTextAsync(file, Picture);
        await using var host = await CibaTestHost.StartAsync(options => options.Page.Logo = file);
        using var browser = host.CreateBrowser();

        var image = (await browser.OpenAsync("/me")).Document.QuerySelector("header img")!;
        var logo = await browser.SendAsync(HttpMethod.Get, image.GetAttribute("src")!);

        Assert.Equal("", image.GetAttribute("alt"));
        Assert.Matches("^/signin-ciba/assets/logo\\.[0-9a-f]{16}\\.svg$", image.GetAttribute("src"));
        Assert.Equal((HttpStatusCode.OK, Picture), (logo.Status, logo.Body));
        foreach (var header in new[] { "Content-Type: image/svg+xml", "immutable", "nosniff", "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; sandbox" })
        {
            Assert.Contains(header, logo.Headers, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Another_picture_under_the_same_name_has_another_address()
    {
        var addresses = new List<string?>();
        foreach (var content in new[] { Picture, Picture + "<!-- another -->" })
        {
            var file = Path.Combine(_folder, "logo.svg");
            await File.WriteAllTextAsync(file, content);
            await using var host = await CibaTestHost.StartAsync(options => options.Page.Logo = file);
            using var browser = host.CreateBrowser();
            addresses.Add((await browser.OpenAsync("/me")).Document.QuerySelector("header img")!.GetAttribute("src"));
        }

        Assert.Equal(2, addresses.Distinct().Count());
    }

    [Fact]
    public async Task Colours_are_a_style_sheet_of_their_own_and_nothing_inline()
    {
        await using var host = await CibaTestHost.StartAsync(options =>
        {
            options.Page.Accent = "#0b6e4f";
            options.Page.AccentDark = "#6fd3ae";
        });
        using var browser = host.CreateBrowser();

        var page = await browser.OpenAsync("/me");
        var sheets = page.Document.QuerySelectorAll("link[rel=stylesheet]");
        var colours = await browser.SendAsync(HttpMethod.Get, sheets[1].GetAttribute("href")!);

        Assert.Equal(
            "@media (prefers-color-scheme:light){:root{--accent:#0b6e4f}}@media (prefers-color-scheme:dark){:root{--accent:#6fd3ae}}", colours.Body);
        Assert.Contains("Content-Type: text/css", colours.Headers, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("style, [style]"));
    }

    [Fact]
    public async Task Without_settings_the_page_has_our_picture_and_one_style_sheet()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();

        var page = await browser.OpenAsync("/me");

        Assert.NotNull(page.Document.QuerySelector("header svg"));
        Assert.Single(page.Document.QuerySelectorAll("link[rel=stylesheet]"));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.SendAsync(HttpMethod.Get, "/signin-ciba/assets/logo.0000000000000000.svg")).Status);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
