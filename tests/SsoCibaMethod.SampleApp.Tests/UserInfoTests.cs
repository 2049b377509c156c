using SsoCibaMethod.Simulator;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.SampleApp.Tests;

/// <summary>A method over TLS whose access tokens are bound to its certificate: the userinfo endpoint takes such a token with that certificate alone.</summary>
public sealed class UserInfoTests
{
    [Fact]
    [Trait("Spec", "T-16")]
    [Trait("Spec", "T-43")]
    [Trait("Spec", "T-44")]
    public async Task A_token_bound_to_the_certificate_brings_the_claims()
    {
        using var app = HttpsSampleApp.Start(app =>
        [
            ("Ciba:Methods:Bank:Authority", app.Authority.AbsoluteUri),
            ("Ciba:Methods:Bank:ClientId", "console"),
            ("Ciba:Methods:Bank:ClientAuthentication:Certificate", app.PathOf("client.pfx")),
            ("Ciba:Methods:Bank:BackchannelTrust", app.PathOf("ca.pem")),
            ("Ciba:Methods:Bank:GetClaimsFromUserInfoEndpoint", "true"),
        ]);
        app.Op.Options.Accounts[0] = new CibaSimulatorAccount("alice") { UserInfo = new() { ["phone_number"] = "+358" } };
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var browser = new TestBrowser(handler, app.HttpAddress);

        var waiting = await browser.SubmitAsync(await browser.OpenAsync("/signin/Bank"), "form", ("login_hint", "alice"));
        Assert.True(app.Op.Approve((await app.Op.WaitForRequestAsync("alice")).AuthReqId));
        var status = waiting.Document.QuerySelector("[data-watch]")!.GetAttribute("data-watch")!;
        while ((await browser.SendAsync(HttpMethod.Get, status)).Body.Contains("\"waiting\"", StringComparison.Ordinal))
        {
        }

        Assert.Contains("<td>phone_number</td><td>&#x2B;358</td>", (await browser.OpenAsync(waiting.Address.PathAndQuery)).Body, StringComparison.Ordinal);
    }
}
