using System.Net;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.BadInput;

[Trait("Spec", "S-14")]
public class VerbTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Theory]
    [InlineData("HEAD", "", HttpStatusCode.OK)]
    [InlineData("HEAD", "/status", HttpStatusCode.MethodNotAllowed)]
    [InlineData("HEAD", "/code", HttpStatusCode.MethodNotAllowed)]
    [InlineData("HEAD", "/cancel", HttpStatusCode.MethodNotAllowed)]
    [InlineData("PUT", "", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/cancel", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/status", HttpStatusCode.MethodNotAllowed)]
    [InlineData("OPTIONS", "", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/cancel", HttpStatusCode.SeeOther)]
    [InlineData("GET", "/code", HttpStatusCode.SeeOther)]
    [InlineData("GET", "/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/notification", HttpStatusCode.NotFound)]
    [InlineData("GET", "/assets/nothing.js", HttpStatusCode.NotFound)]
    public async Task No_other_verb_starts_ends_or_redeems_anything(string verb, string below, HttpStatusCode status)
    {
        var host = shared.Host;
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        await host.ApproveAsync(browser, waiting);
        var started = host.Op.Acknowledged;
        var address = "/signin-ciba" + below + waiting.Address.Query;

        var answer = await browser.SendAsync(new HttpMethod(verb), address + "&login_hint=alice");

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == HttpStatusCode.MethodNotAllowed, answer.Headers.Contains("Allow: ", StringComparison.Ordinal));
        Assert.Equal(started, host.Op.Acknowledged);
        Assert.False(browser.IsSignedIn());
        Assert.Equal("/me", (await browser.OpenAsync(waiting.Address.ToString())).Address.PathAndQuery);
    }
}
