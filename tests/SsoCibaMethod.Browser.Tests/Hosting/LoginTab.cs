using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SsoCibaMethod.Browser.Tests.Hosting;

/// <summary>A tab with the login page in it, as its user reads it.</summary>
public sealed class LoginTab(IPage page)
{
    public IPage Page => page;

    public ILocator Hint => page.GetByLabel("User name or phone number");

    public ILocator UserCode => page.GetByLabel("Your code");

    public ILocator Notice => page.Locator("#notice");

    public ILocator Status => page.Locator("[data-status]");

    public ILocator Digits => page.Locator(".digits >> visible=true");

    public Task<string> CodeAsync() => Digits.InnerTextAsync();

    public async Task SendAsync(string hint)
    {
        await Hint.FillAsync(hint);
        await Hint.PressAsync("Enter");
    }

    public async Task SendUserCodeAsync(string code)
    {
        await UserCode.FillAsync(code);
        await UserCode.PressAsync("Enter");
    }

    public Task PressAsync(string button) => page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();

    /// <summary>The wait has begun, and the script is there: a connection that is broken sooner would break that off too.</summary>
    public async Task IsWaitingAsync()
    {
        await ShowsAsync("Check your phone");
        await page.WaitForLoadStateAsync(LoadState.Load);
    }

    /// <summary>The page has come to this title, whenever it does.</summary>
    public Task ShowsAsync(string title) => Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);

    /// <summary>The form again, saying why, with the hint still in it.</summary>
    public async Task EndsAsync(string title, string notice, string hint)
    {
        await ShowsAsync(title);
        await Expect(Notice).ToContainTextAsync(notice);
        await Expect(Hint).ToHaveValueAsync(hint);
    }

    public async Task IsSignedInAsync(string email = "alice@example.com")
    {
        await Expect(page).ToHaveURLAsync("/me");
        await Expect(page.GetByText(email)).ToBeVisibleAsync();
    }
}
