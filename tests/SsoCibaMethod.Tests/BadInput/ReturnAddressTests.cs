using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.BadInput;

[Trait("Spec", "S-15")]
public class ReturnAddressTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Theory]
    [InlineData("https://evil.example/", "/")]
    [InlineData("https://app.example.evil.example/", "/")]
    [InlineData("https://app.example@evil.example/", "/")]
    [InlineData("https://app.example//evil.example/", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("\\\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/\r\nSet-Cookie: a=b", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("evil.example", "/")]
    [InlineData("", "/challenge?to=")]
    [InlineData("LONG", "/")]
    [InlineData("/\u2028/evil.example", "/%E2%80%A8/evil.example")]
    [InlineData("/me?x=1", "/me?x=1")]
    [InlineData("https://app.example/me?x=1", "/me?x=1")]
    [InlineData("/p\u00E4iv\u00E4?q=\u4F60", "/p%C3%A4iv%C3%A4?q=%E4%BD%A0")]
    public async Task The_way_back_stays_on_this_site(string wish, string leadsTo)
    {
        var host = shared.Host;
        using var browser = host.CreateBrowser();

        var waiting = await host.BeginAsync(browser, open: "/challenge?to=" + Uri.EscapeDataString(wish == "LONG" ? "/" + new string('x', 1_000) : wish));
        await host.ApproveAsync(browser, waiting);
        _ = await browser.SendAsync(HttpMethod.Get, waiting.Address.PathAndQuery);

        Assert.True(browser.IsSignedIn());
        Assert.Equal(leadsTo, shared.Location);
    }
}
