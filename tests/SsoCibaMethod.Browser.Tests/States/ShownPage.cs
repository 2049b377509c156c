using Microsoft.Playwright;
using SsoCibaMethod.Browser.Tests.Hosting;
using SsoCibaMethod.Simulator;
using static Microsoft.Playwright.Assertions;

namespace SsoCibaMethod.Browser.Tests.States;

/// <summary>The page on its way to a state, in whatever language: it is known by what it says of itself, not by its texts.</summary>
public sealed class ShownPage(ShowApp app, Visitor visitor, IPage page)
{
    public IPage Page => page;

    public Visitor Visitor => visitor;

    public ShowApp App => app;

    public CibaSimulatorRequest Request => app.Op.Requests[^1];

    public static async Task<ShownPage> OpenAsync(ShowApp app, Visitor visitor, string method)
    {
        var page = new ShownPage(app, visitor, await visitor.Context.NewPageAsync());
        await page.GoAsync("/signin/" + method);
        return page;
    }

    public Task GoAsync(string address) => page.GotoAsync(address);

    public async Task SendAsync(string hint = "alice")
    {
        await page.Locator("#login_hint").FillAsync(hint);
        await page.Locator("#login_hint").PressAsync("Enter");
    }

    public async Task SendUserCodeAsync(string code)
    {
        await page.Locator("#user_code").FillAsync(code);
        await page.Locator("#user_code").PressAsync("Enter");
    }

    public async Task WaitAsync(string hint = "alice")
    {
        await SendAsync(hint);
        await IsAsync("waiting");
    }

    public Task PressAsync(string form) => page.Locator($"form[action*='/{form}'] button").ClickAsync();

    /// <summary>The page has come to this state, whenever it does, and its script is there.</summary>
    public async Task IsAsync(string state)
    {
        await Expect(page.Locator("main")).ToHaveAttributeAsync("data-state", state);
        await page.WaitForLoadStateAsync(LoadState.Load);
    }

    public Task HasNoticeAsync() => Expect(page.Locator("#notice")).ToBeVisibleAsync();
}
