using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Messages;
using SsoCibaMethod.Pages;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Polling;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Pages;

/// <summary>What a browser that waits costs the store.</summary>
public class HeldStatusTests
{
    [Fact]
    public async Task A_held_request_reads_its_login_when_it_comes_and_once_when_it_has_changed()
    {
        var store = new TroubledStore();
        var reads = 0;
        await using var host = await CibaTestHost.StartAsync(services: store.Register);
        using var browser = host.CreateBrowser();
        var watch = (await host.BeginAsync(browser)).Document.QuerySelector("[data-watch]")!;
        var id = AttemptForm.IdOf(browser.Handles().Single().Value.Split('.')[0]);

        // Its owner would read it too.
        await host.SettleAsync();
        _ = host.Services.GetRequiredService<LoginPoller>().Rejoin();
        store.OnRead = record =>
        {
            _ = Interlocked.Increment(ref reads);
            return record;
        };

        var held = browser.SendAsync(HttpMethod.Get, $"{watch.GetAttribute("data-watch")}&seen={watch.GetAttribute("data-version")}");
        while (Volatile.Read(ref reads) == 0)
        {
            await Task.Yield();
        }

        var logins = host.Services.GetRequiredService<PendingLoginService>();
        Assert.NotNull(await logins.ChangeAsync(id, login => login.End(PendingLoginState.Declined, MessageKeys.LoginCancelled, logins.Now), default));
        var answer = await held;

        Assert.Equal((HttpStatusCode.OK, "declined"), (answer.Status, JsonDocument.Parse(answer.Body).RootElement.GetProperty("state").GetString()));

        // The change itself reads once.
        Assert.Equal(3, reads);
    }
}
