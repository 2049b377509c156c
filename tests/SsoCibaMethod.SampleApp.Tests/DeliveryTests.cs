using System.Net;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.SampleApp.Tests;

/// <summary>The shipped method with another delivery mode: the simulator follows the setting and calls the application back.</summary>
public sealed class DeliveryTests
{
    [Theory]
    [Trait("Spec", "C-80")]
    [Trait("Spec", "C-90")]
    [InlineData("ping")]
    [InlineData("push")]
    public async Task A_login_ends_by_a_notification(string mode)
    {
        using var app = HttpsSampleApp.Start(("Ciba:Methods:Ciba:TokenDeliveryMode", mode));
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var browser = new TestBrowser(handler, app.HttpAddress);

        // Approved only when the page waits: a push may be quicker than the page that would show it.
        var waiting = await browser.SubmitAsync(await browser.OpenAsync("/signin/Ciba"), "form", ("login_hint", "alice"));
        Assert.True(app.Op.Approve((await app.Op.WaitForRequestAsync("alice")).AuthReqId));
        var request = await app.Op.WaitForAsync(request => request.Notifications.Count > 0);

        // The status is answered when it changes; the page's script does the same.
        var status = waiting.Document.QuerySelector("[data-watch]")!.GetAttribute("data-watch")!;
        while ((await browser.SendAsync(HttpMethod.Get, status)).Body.Contains("\"waiting\"", StringComparison.Ordinal))
        {
        }

        var page = await browser.OpenAsync(waiting.Address.PathAndQuery);
        Assert.Equal((int)HttpStatusCode.NoContent, Assert.Single(request.Notifications).Status);
        Assert.Equal("/me", page.Address.AbsolutePath);
        Assert.Contains("Alice Aaltonen", page.Body, StringComparison.Ordinal);
    }
}
