using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Polling;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Hosts;

/// <summary>What a user does, in one line each.</summary>
internal static class SignInSteps
{
    /// <summary>The whole way: hint, approval, back where the user wanted to go.</summary>
    public static async Task<TestPage> SignInAsync(this CibaTestHost host, TestBrowser browser, string open = "/me")
    {
        var waiting = await host.BeginAsync(browser, open: open);
        Assert.Equal("Check your phone", waiting.Title);
        await host.ApproveAsync(browser, waiting);
        return await browser.OpenAsync(waiting.Address.ToString());
    }

    /// <summary>Approves on the phone and waits until the poller has the answer; the browser has not come back yet.</summary>
    public static async Task ApproveAsync(this CibaTestHost host, TestBrowser browser, TestPage waiting, string hint = "alice")
    {
        Assert.True(host.Op.Approve((await host.Op.WaitForRequestAsync(hint)).AuthReqId));
        Assert.Equal("approved", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));
    }

    /// <summary>How many logins the poller works for.</summary>
    public static int PolledLogins(this CibaTestHost host) => host.Services.GetRequiredService<LoginPoller>().Count;

    /// <summary>Waits until the log has a line of this event.</summary>
    public static async Task LoggedAsync(this CibaTestHost host, string eventName)
    {
        while (!host.Log.Lines.Any(line => line.Id.Name == eventName))
        {
            await Task.Yield();
        }
    }

    /// <summary>The claims that <c>/me</c> shows.</summary>
    public static Dictionary<string, string> Claims(this TestPage me) =>
        JsonSerializer.Deserialize<string[][]>(me.Body)!.ToDictionary(claim => claim[0], claim => claim[1], StringComparer.Ordinal);

    /// <summary>Whether the browser holds the application's sign-in.</summary>
    public static bool IsSignedIn(this TestBrowser browser, string address = "https://app.example/") =>
        browser.Cookies.GetCookies(new Uri(address)).Any(cookie => cookie.Name == ".AspNetCore.Cookies");

    /// <summary>The cookies that bind attempts to this browser.</summary>
    public static System.Net.Cookie[] Handles(this TestBrowser browser, string address = "https://app.example/signin-ciba") =>
        [.. browser.Cookies.GetCookies(new Uri(address)).Where(cookie => cookie.Name.Contains("Ciba.", StringComparison.Ordinal))];
}
