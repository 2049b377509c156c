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
        await host.LoggedAsync("PollerSurprise");
        Assert.Equal("home", (await browser.OpenAsync("/")).Body);

        store.IsDown = false;
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("/me", (await host.SignInAsync(browser)).Address.PathAndQuery);
    }
}
