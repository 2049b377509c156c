using SsoCibaMethod.Browser.Tests.Hosting;

namespace SsoCibaMethod.Browser.Tests;

/// <summary>Time runs out on a request that nobody answers.</summary>
public sealed class ExpiryTests(ShortLivedApp app) : IClassFixture<ShortLivedApp>
{
    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public Task When_time_is_up_the_page_says_so_by_itself(bool script) => app.VisitAsync(script, async visitor =>
    {
        var login = await visitor.WaitAsync("alice");
        await login.EndsAsync("Time is up", "The request was not approved in time", hint: "alice");
    });
}
