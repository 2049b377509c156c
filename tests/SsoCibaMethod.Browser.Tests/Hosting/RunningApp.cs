using Microsoft.Playwright;

namespace SsoCibaMethod.Browser.Tests.Hosting;

/// <summary>The sample application: <c>IClassFixture&lt;RunningApp&gt;</c>. Its OP polls every 5 seconds, as shipped.</summary>
public class RunningApp : BrowserApp
{
    private SampleAppProcess? _process;

    public override Uri Address => _process!.Address;

    protected override async Task StartAsync() => _process = await SampleAppProcess.StartAsync();

    protected override ValueTask StopAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;

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
