using SsoCibaMethod.Simulator;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests;

public class SignInTests
{
    [Fact]
    public async Task Challenge_hint_approval_and_the_browser_is_signed_in_where_it_wanted_to_go()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();

        var form = await browser.OpenAsync("/me?x=1");
        Assert.Equal("Sign in", form.Title);
        var waiting = await browser.SubmitAsync(form, "form", ("login_hint", "alice"));
        Assert.Equal("Check your phone", waiting.Title);

        var asked = await host.Op.WaitForRequestAsync("alice");
        Assert.Equal($"{waiting.Code} is your Event ID", asked.BindingMessage);
        Assert.True(host.Op.Approve(asked.AuthReqId));
        Assert.Equal("approved", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));

        var me = await browser.OpenAsync(waiting.Address.ToString());
        Assert.Equal("/me?x=1", me.Address.PathAndQuery);
        Assert.Contains("\"sub\"", me.Body, StringComparison.Ordinal);
        Assert.Equal(new CibaSimulatorCounters(1, 0, 0, 0), host.Op.Counters);
    }

    [Fact]
    [Trait("Spec", "U-33")]
    public async Task A_decline_on_the_phone_ends_as_LOGIN_CANCEL_with_the_hint_kept()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();

        var waiting = await host.BeginAsync(browser);
        host.Op.Decline((await host.Op.WaitForRequestAsync("alice")).AuthReqId);
        Assert.Equal("declined", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));

        var page = await browser.OpenAsync(waiting.Address.ToString());
        Assert.StartsWith("The request was declined", page.Notice, StringComparison.Ordinal);
        Assert.Equal("alice", page.Value("#login_hint"));
    }
}
