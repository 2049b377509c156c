using Microsoft.Playwright;

namespace SsoCibaMethod.Browser.Tests.Hosting;

/// <summary>An application and a browser, for a class of tests.</summary>
public abstract class BrowserApp : IAsyncLifetime
{
    // Two pages of its own that Chromium makes for the address bar of each window, and which cost several times what the tested page does.
    private static readonly string[] OfTheAddressBar = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"];

    // What Playwright does without. Chromium minds the last list only, so that they have to be named with ours.
    private static readonly string[] OfPlaywright =
    [
        "AimEnabled", "AutoDeElevate", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync", "BlockOriginHeaderModificationOnRedirect",
        "DestroyProfileOnBrowserClose", "DialMediaRouteProvider", "GlobalMediaControls", "HttpsUpgrades", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying",
        "OptimizationHints", "PaintHolding", "ThirdPartyStoragePartitioning", "Translate",
    ];

    private static readonly BrowserTypeLaunchOptions Launch = new()
    {
        Headless = true,
        ChromiumSandbox = false,
        Args =
        [
            "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--font-render-hinting=none", $"--disable-features={string.Join(',', [.. OfPlaywright, .. OfTheAddressBar])}",
        ],
    };

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public abstract Uri Address { get; }

    public async Task InitializeAsync()
    {
        // xunit makes the fixture of skipped tests too.
        if (BrowserParts.ReasonToSkip is not null)
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout((float)Visitor.Patience.TotalMilliseconds);
        await StartAsync();
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
        await StopAsync();
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

    /// <summary>Starts the application.</summary>
    protected abstract Task StartAsync();

    /// <summary>Stops it, also where it was never started.</summary>
    protected abstract ValueTask StopAsync();

    /// <summary>How the application of this class differs from others.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;
}
