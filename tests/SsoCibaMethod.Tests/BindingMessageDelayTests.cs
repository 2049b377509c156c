using Microsoft.AspNetCore.Builder;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests;

/// <summary>The code may stand on the page for a while before the phone rings.</summary>
[Trait("Spec", "S-34")]
public class BindingMessageDelayTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task The_page_shows_the_code_first_and_the_request_follows()
    {
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();

        var sending = await BeginAsync(host, browser);
        Assert.Equal("Sending the request", sending.Title);
        Assert.Equal(6, sending.Code!.Length);
        host.Clock.Advance(Delay - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, host.Op.Acknowledged);

        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await host.LoggedAsync("LoginAcknowledged");
        var waiting = await browser.OpenAsync(sending.Address.ToString());
        Assert.Equal(("Check your phone", sending.Code), (waiting.Title, waiting.Code));
        Assert.Contains(sending.Code, Assert.Single(host.Op.Requests).BindingMessage, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "S-24")]
    public async Task Who_cancels_meanwhile_is_not_disturbed()
    {
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();

        var cancelled = await browser.SubmitAsync(await BeginAsync(host, browser));
        Assert.Equal("Cancelled", cancelled.Title);
        host.Clock.Advance(Delay);
        await host.LoggedAsync("LateOutcome");

        Assert.Empty(host.Op.Requests);
    }

    [Fact]
    public async Task A_store_that_fails_meanwhile_costs_time_and_not_the_login()
    {
        var store = new TroubledStore();
        await using var host = await StartAsync(store.Register);
        using var browser = host.CreateBrowser();

        _ = await BeginAsync(host, browser);
        store.IsDown = true;
        host.Clock.Advance(Delay);
        await host.LoggedAsync("LoginWaitsForStore");
        store.IsDown = false;

        await host.PassPausesAsync(() => host.Log.Lines.Any(line => line.Id.Name == "LoginAcknowledged"));
        Assert.Single(host.Op.Requests);
    }

    private static async Task<TestPage> BeginAsync(CibaTestHost host, TestBrowser browser)
    {
        var page = await host.BeginAsync(browser);
        while (!host.Clock.IsDueIn(Delay))
        {
            await Task.Yield();
        }

        return page;
    }

    private static Task<CibaTestHost> StartAsync(Action<WebApplicationBuilder>? services = null) =>
        CibaTestHost.StartAsync(options => options.BindingMessage.Delay = Delay, services);
}
