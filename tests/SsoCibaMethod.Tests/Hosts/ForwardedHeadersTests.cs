using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Hosts;

[Trait("Spec", "S-10")]
public class ForwardedHeadersTests
{
    [Theory]
    [InlineData("https", "__Host-Ciba.", "/", true)]
    [InlineData("http", "Ciba.", "/signin-ciba", false)]
    public async Task The_handle_s_cookie_fits_the_scheme_the_user_sees(string scheme, string name, string path, bool secure)
    {
        await using var host = await CibaTestHost.StartAsync(pipeline: app =>
        {
            app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedProto });
            CibaTestHost.ShowUser(app);
        });
        using var browser = new TestBrowser(new Proxy(host.CreateHandler(), scheme), new Uri($"{scheme}://app.example/"));

        await host.BeginAsync(browser);

        var cookie = SetCookie(browser, "Ciba.");
        Assert.StartsWith(name, cookie, StringComparison.Ordinal);
        Assert.Contains($"; path={path};", cookie, StringComparison.Ordinal);
        Assert.Equal(secure, cookie.Contains("; secure;", StringComparison.Ordinal));
        Assert.Contains("samesite=lax; httponly", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("domain", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("expires", cookie, StringComparison.Ordinal);
    }

    private static string SetCookie(TestBrowser browser, string part) => browser.Received.SelectMany(answer => answer.Split('\n'))
        .Where(line => line.StartsWith("Set-Cookie: ", StringComparison.Ordinal)).Select(line => line["Set-Cookie: ".Length..].Trim())
        .Single(cookie => cookie.Contains(part, StringComparison.Ordinal));

    // Ends TLS, and speaks http to the application.
    private sealed class Proxy(HttpMessageHandler application, string scheme) : DelegatingHandler(application)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("X-Forwarded-Proto", scheme);
            request.RequestUri = new UriBuilder(request.RequestUri!) { Scheme = "http", Port = 80 }.Uri;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
