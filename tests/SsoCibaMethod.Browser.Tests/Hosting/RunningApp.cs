using Microsoft.Playwright;

namespace SsoCibaMethod.Browser.Tests.Hosting;

/// <summary>The sample application and a browser, for a class of tests: <c>IClassFixture&lt;SampleApp&gt;</c>. Its OP polls every 5 seconds, as shipped.</summary>
public class RunningApp : IAsyncLifetime
{
    private static readonly BrowserTypeLaunchOptions Launch = new()
    {
        Headless = true,
        ChromiumSandbox = false,
        Args =
        [
            "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--font-render-hinting=none",
        ],
    };

    private SampleAppProcess? _process;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Uri Address => _process!.Address;

    public async Task InitializeAsync()
    {
        // xunit makes the fixture of skipped tests too.
        if (BrowserParts.ReasonToSkip is not null)
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout((float)Visitor.Patience.TotalMilliseconds);
        _process = await SampleAppProcess.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new(Launch) { ExecutablePath = BrowserParts.Chromium.Path });
        await PrepareAsync();
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    /// <summary>
    /// Lets somebody with a fresh browser visit the application. Whatever they do, nothing may go wrong beside it: see <see cref="Troubles"/>.
    /// </summary>
    public async Task VisitAsync(Func<Visitor, Task> story, BrowserNewContextOptions? settings = null)
    {
        await using var context = await _browser!.NewContextAsync(new(settings ?? new()) { BaseURL = Address.ToString(), Locale = settings?.Locale ?? "en-GB" });
        context.SetDefaultTimeout((float)Visitor.Patience.TotalMilliseconds);
        var troubles = new Troubles(context, Address);
        await story(new Visitor(context, troubles, settings?.JavaScriptEnabled != false));
        Assert.True(troubles.All.Length == 0, troubles.All);
    }

    public Task VisitAsync(bool script, Func<Visitor, Task> story) => VisitAsync(story, new() { JavaScriptEnabled = script });

    /// <summary>How the OP of this class differs from the shipped one.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>Changes the OP's settings on its own page, as a developer does.</summary>
    protected Task SetAsync(int interval, int lifetime) => VisitAsync(async visitor =>
    {
        var page = await visitor.OpenTabAsync("/op/phone/settings");
        await page.GetByLabel("Interval").FillAsync($"{interval}");
        await page.GetByLabel("Lifetime").FillAsync($"{lifetime}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
    });
}
