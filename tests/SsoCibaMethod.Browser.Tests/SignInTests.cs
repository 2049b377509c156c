using SsoCibaMethod.Browser.Tests.Hosting;

namespace SsoCibaMethod.Browser.Tests;

/// <summary>The application as shipped, from its home page to the signed-in user.</summary>
public sealed class SignInTests(RunningApp app) : IClassFixture<RunningApp>
{
    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Approved_on_the_phone_the_page_signs_itself_in(bool script) => app.VisitAsync(script, async visitor =>
    {
        var login = await visitor.WaitAsync("alice");
        await visitor.Phone.ApproveAsync(login);
        await login.IsSignedInAsync();
    });

    [BrowserFact]
    public Task Two_tabs_at_once_both_sign_in() => app.VisitAsync(async visitor =>
    {
        var first = await visitor.WaitAsync("alice");
        var second = await visitor.WaitAsync("alice@example.com");
        Assert.NotEqual(await first.CodeAsync(), await second.CodeAsync());
        await visitor.Phone.ApproveAsync(second);
        await visitor.Phone.ApproveAsync(first);
        await second.IsSignedInAsync();
        await first.IsSignedInAsync();
    });
}
