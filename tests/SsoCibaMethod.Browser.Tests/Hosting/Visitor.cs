using Microsoft.Playwright;

namespace SsoCibaMethod.Browser.Tests.Hosting;

/// <summary>Somebody with a browser, whose second tab is the phone.</summary>
public sealed class Visitor(IBrowserContext context, Troubles troubles, bool hasScript)
{
    /// <summary>How long anything may take; a slow machine is no fault of the page.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public IBrowserContext Context => context;

    public Troubles Troubles => troubles;

    public Phone Phone { get; } = new(context);

    public async Task<IPage> OpenTabAsync(string address)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        return page;
    }

    /// <summary>From the home page to the form.</summary>
    public async Task<LoginTab> BeginAsync()
    {
        var page = await OpenTabAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with CIBA" }).ClickAsync();
        await Assertions.Expect(page.Locator("#login_hint")).ToBeVisibleAsync();

        if (hasScript)
        {
            // A module runs before the page counts as loaded. (No function can be waited for: under the page's policy the browser evaluates no text.)
            await page.WaitForLoadStateAsync(LoadState.Load);
        }

        return new LoginTab(page);
    }

    /// <summary>From the home page to the wait.</summary>
    public async Task<LoginTab> WaitAsync(string hint = "alice")
    {
        var login = await BeginAsync();
        await login.SendAsync(hint);
        await login.IsWaitingAsync();
        return login;
    }
}
