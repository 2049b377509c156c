using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Methods;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests;

public class ClosedMethodTests
{
    [Fact]
    public async Task A_method_that_is_switched_off_takes_no_login_and_lets_the_one_under_way_come_to_its_end()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();
        using var other = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        var late = await other.OpenAsync("/me");

        host.Services.GetRequiredService<CibaMethodCatalog>().Find("Ciba")!.Options.Enabled = false;
        var refused = await other.SubmitAsync(late, "form", ("login_hint", "alice"));
        host.Op.Approve((await host.Op.WaitForRequestAsync("alice")).AuthReqId);
        Assert.Equal("approved", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "This way of signing in is switched off at the moment."), (refused.Status, refused.Notice));
        Assert.Equal("/me", (await browser.OpenAsync(waiting.Address.ToString())).Address.AbsolutePath);
        Assert.Single(host.Op.Requests);
    }
}
