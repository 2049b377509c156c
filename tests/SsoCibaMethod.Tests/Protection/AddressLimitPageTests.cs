using System.Net;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Protection;

/// <summary>The limit by network address with its default, as browsers at one address see it.</summary>
[Trait("Spec", "S-40")]
[Trait("Spec", "S-41")]
public class AddressLimitPageTests
{
    [Fact]
    public async Task An_address_starts_ten_whoever_is_asked_and_others_go_on()
    {
        await using var host = await CibaTestHost.StartAsync(CibaTestHost.WithDefaultLimits);
        using var browser = host.CreateBrowserAt("192.0.2.1");
        for (var i = 0; i < 10; i++)
        {
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await host.BeginAsync(browser, $"nobody{i}")).Status);
        }

        var page = await host.BeginAsync(browser, "alice");

        Assert.Equal((HttpStatusCode.TooManyRequests, "5:00", "alice"), (page.Status, Wait(page), page.Value("#login_hint")));
        Assert.Contains("StartLimits:PerAddress", host.Log.Text, StringComparison.Ordinal);
        Assert.Empty(host.Op.Requests);
        using var other = host.CreateBrowserAt("192.0.2.2");
        Assert.Equal("Check your phone", (await host.BeginAsync(other)).Title);
    }

    [Fact]
    public async Task A_try_that_a_hint_was_refused_for_counts_for_its_address()
    {
        await using var host = await CibaTestHost.StartAsync(CibaTestHost.WithDefaultLimits);
        using var browser = host.CreateBrowserAt("192.0.2.1");
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(i < 3, (await host.BeginAsync(browser)).Status != HttpStatusCode.TooManyRequests);
        }

        var page = await host.BeginAsync(browser, "somebody else");

        Assert.Equal((HttpStatusCode.TooManyRequests, "5:00"), (page.Status, Wait(page)));
        Assert.Contains("StartLimits:PerAddress", host.Log.Lines.Last(line => line.Id.Name == "StartRefused").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_form_sent_again_counts_once_for_its_address()
    {
        await using var host = await CibaTestHost.StartAsync(CibaTestHost.WithDefaultLimits);
        using var browser = host.CreateBrowserAt("192.0.2.1");
        var (method, address, content) = TestBrowser.Form(await browser.OpenAsync("/me"), "form", ("login_hint", "alice"));
        var body = await content.ReadAsStringAsync();
        for (var i = 0; i < 20; i++)
        {
            using var again = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded"));
            Assert.Equal(HttpStatusCode.SeeOther, (await browser.SendAsync(method, address.ToString(), again)).Status);
        }

        for (var i = 0; i < 9; i++)
        {
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await host.BeginAsync(browser, $"nobody{i}")).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.BeginAsync(browser, "one more")).Status);
    }

    private static string? Wait(TestPage page) => page.Document.QuerySelector("[data-retry]")?.TextContent;
}
