using System.Net;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.BadInput;

/// <summary>A store that fails, or keeps what nobody can read.</summary>
public class StoreTroubleTests
{
    [Fact]
    public async Task A_record_that_cannot_be_read_is_an_unknown_login_and_no_error()
    {
        var store = new TroubledStore();
        await using var host = await CibaTestHost.StartAsync(services: store.Register);
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);

        store.OnRead = record => record is null ? null : record with { Payload = new byte[] { 1, 2, 3 } };
        var page = await browser.OpenAsync(waiting.Address.ToString());

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.StartsWith("The page you opened belongs to a sign-in that has ended", page.Notice, StringComparison.Ordinal);
        store.OnRead = record => record is null ? null : record with { Schema = 99 };
        Assert.Equal(HttpStatusCode.OK, (await browser.SubmitAsync(waiting)).Status);
    }

    [Fact]
    public async Task A_store_that_throws_ends_on_our_page_with_a_reference_the_log_has_too()
    {
        var store = new TroubledStore();
        await using var host = await CibaTestHost.StartAsync(services: store.Register);
        using var browser = host.CreateBrowser();
        var form = await browser.OpenAsync("/me");

        store.OnRead = _ => throw new IOException("The database is down.");
        store.IsDown = true;
        var page = await browser.SubmitAsync(form, "form", ("login_hint", "alice"));

        Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
        Assert.StartsWith("Signing in does not work at the moment.", page.Notice, StringComparison.Ordinal);
        Assert.Equal("alice", page.Value("#login_hint"));
        Assert.DoesNotContain("database", page.Body, StringComparison.Ordinal);
        var reference = page.Document.QuerySelector(".reference bdi")!.TextContent;
        Assert.Contains(host.Log.Lines, line => line.Level == LogLevel.Error && line.Text.Contains(reference, StringComparison.Ordinal) && line.Text.Contains("The database is down.", StringComparison.Ordinal));

        Assert.Equal("home", (await browser.OpenAsync("/")).Body);
        store.OnRead = record => record;
        store.IsDown = false;
        Assert.Equal("Check your phone", (await browser.SubmitAsync(page)).Title);
    }

    [Fact]
    public async Task A_store_that_is_down_at_the_start_stops_nobody()
    {
        var store = new TroubledStore { IsDown = true };
        await using var host = await CibaTestHost.StartAsync(services: store.Register);
        using var browser = host.CreateBrowser();
        await host.LoggedAsync("StoreGone");
        Assert.Equal("home", (await browser.OpenAsync("/")).Body);

        store.IsDown = false;
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("/me", (await host.SignInAsync(browser)).Address.PathAndQuery);
        Assert.DoesNotContain(host.Log.Lines, line => line.Id.Name == "PollerSurprise");
    }

    [Fact]
    public async Task An_outage_is_one_line_when_it_begins_and_one_with_its_length_when_it_ends()
    {
        var store = new TroubledStore();
        await using var host = await CibaTestHost.StartAsync(services: store.Register);
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);

        store.IsDown = true;
        await PassAsync(host, seconds: 60, until: "StoreGone");
        Assert.True(host.Op.Approve((await host.Op.WaitForRequestAsync("alice")).AuthReqId));
        await PassAsync(host, seconds: 30);
        _ = await browser.OpenAsync(waiting.Address.ToString());
        store.IsDown = false;
        await PassAsync(host, seconds: 30, until: "StoreBack");

        var gone = Assert.Single(host.Log.Lines, line =>
            line.Category == typeof(CibaHandler).FullName && line.Level is >= LogLevel.Warning and < LogLevel.None && line.Id.Name != "LeaseLost");
        Assert.Equal(("StoreGone", LogLevel.Warning), (gone.Id.Name, gone.Level));
        Assert.Contains("The database is down.", gone.Text, StringComparison.Ordinal);
        var back = Assert.Single(host.Log.Lines, line => line.Id.Name == "StoreBack");
        Assert.Matches("it was away for [3-9][0-9] s", back.Text);
        var ended = await host.AdvanceUntilNotAsync(browser, waiting, "waiting");
        _ = await browser.OpenAsync(waiting.Address.ToString());
        Assert.True(browser.IsSignedIn(), $"It is {ended}.\n{host.Log.Text}");
    }

    [Fact]
    public async Task Whoever_waits_meanwhile_is_told_to_wait_and_the_page_goes_on_by_itself()
    {
        var store = new TroubledStore();
        await using var host = await CibaTestHost.StartAsync(services: store.Register);
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        var status = waiting.Document.QuerySelector("[data-watch]")!.GetAttribute("data-watch")!;

        store.IsDown = true;
        var page = await browser.OpenAsync(waiting.Address.ToString());

        // With the script: an answer it asks again after. Without: the page that loads itself again.
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.SendAsync(HttpMethod.Get, status)).Status);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Please wait a little"), (page.Status, page.Title));
        Assert.Equal("The connection is interrupted. We keep trying.", page.Document.QuerySelector("[data-status]")!.TextContent);
        Assert.NotNull(page.Document.QuerySelector("noscript"));
        Assert.Equal(status, page.Document.QuerySelector("[data-watch]")!.GetAttribute("data-watch"));
        Assert.NotEqual("waiting", page.Document.QuerySelector("[data-watch]")!.GetAttribute("data-state"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.SubmitAsync(waiting, "form[action*='/cancel']")).Status);

        store.IsDown = false;
        Assert.Equal("Check your phone", (await browser.OpenAsync(waiting.Address.ToString())).Title);
    }

    private static async Task PassAsync(CibaTestHost host, int seconds, string? until = null)
    {
        for (var i = 0; i < seconds && (until is null || !host.Log.Lines.Any(line => line.Id.Name == until)); i++)
        {
            await host.PassSecondAsync();
        }
    }
}
