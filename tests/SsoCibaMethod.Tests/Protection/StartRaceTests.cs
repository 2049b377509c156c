using System.Net;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Protection;

/// <summary>Starts at the same moment: between the check and the use nothing slips through (OWASP ASVS 15.4).</summary>
[Trait("Spec", "S-41")]
public class StartRaceTests
{
    private const int Many = 50;

    [Fact]
    public async Task Fifty_at_once_from_fifty_addresses_make_the_phone_ring_three_times()
    {
        await using var host = await CibaTestHost.StartAsync(CibaTestHost.WithDefaultLimits);
        var browsers = Enumerable.Range(1, Many).Select(i => host.CreateBrowserAt($"192.0.2.{i}")).ToArray();
        var forms = await Task.WhenAll(browsers.Select(browser => browser.OpenAsync("/me")));

        var pages = await Task.WhenAll(browsers.Zip(forms, (browser, form) => Task.Run(() => browser.SubmitAsync(form, "form", ("login_hint", "alice")))));

        Assert.Equal(3, host.Op.Requests.Count);
        Assert.Equal(3, pages.Count(page => page.Title == "Check your phone"));
        Assert.Equal(Many - 3, pages.Count(page => page.Status == HttpStatusCode.TooManyRequests));
        Assert.Equal(Many - 3, host.Log.Lines.Count(line => line.Id.Name == "StartRefused"));
        Array.ForEach(browsers, browser => browser.Dispose());
    }
}
