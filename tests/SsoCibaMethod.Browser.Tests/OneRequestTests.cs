using Microsoft.Playwright;
using SsoCibaMethod.Browser.Tests.Hosting;

namespace SsoCibaMethod.Browser.Tests;

/// <summary>Whatever somebody does with the browser, one press is one request: the phone rings once.</summary>
[Collection(QuickApp.Second)]
public sealed class OneRequestTests(QuickApp app)
{
    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Reloading_the_wait(bool script) => RingsOnceAsync(script, async login =>
    {
        await login.Page.ReloadAsync();
        await login.Page.ReloadAsync();
    });

    [BrowserTheory]
    [InlineData(true)]
    public Task Going_back_and_forward(bool script) => RingsOnceAsync(script, async login =>
    {
        await login.Page.GoBackAsync();
        await login.ShowsAsync("Sign in");
        await login.Page.GoForwardAsync();
    });

    [BrowserTheory]
    [InlineData(true)]
    public Task Opening_the_wait_in_a_second_tab(bool script) => RingsOnceAsync(script, async login =>
    {
        var copy = new LoginTab(await login.Page.Context.NewPageAsync());
        await copy.Page.GotoAsync(login.Page.Url);
        await copy.IsWaitingAsync();
        Assert.Equal(await login.CodeAsync(), await copy.CodeAsync());
        await copy.Page.CloseAsync();
    });

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Pressing_the_button_twice(bool script) => app.VisitAsync(script, async visitor =>
    {
        var before = await visitor.Phone.RingsAsync();
        var login = await visitor.BeginAsync();
        await login.Hint.FillAsync("alice");
        await login.Page.GetByRole(AriaRole.Button, new() { Name = "Send request to my phone" }).DblClickAsync();
        await login.IsWaitingAsync();
        Assert.Equal(before + 1, await visitor.Phone.RingsAsync());
    });

    private Task RingsOnceAsync(bool script, Func<LoginTab, Task> meanwhile) => app.VisitAsync(script, async visitor =>
    {
        var before = await visitor.Phone.RingsAsync();
        var login = await visitor.WaitAsync("alice");
        var code = await login.CodeAsync();
        await meanwhile(login);
        await login.IsWaitingAsync();
        Assert.Equal(code, await login.CodeAsync());
        Assert.Equal(before + 1, await visitor.Phone.RingsAsync());

        await visitor.Phone.ApproveAsync(login);
        await login.IsSignedInAsync();
    });
}
