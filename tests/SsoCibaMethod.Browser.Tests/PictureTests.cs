using Microsoft.Playwright;
using SsoCibaMethod.Browser.Tests.Hosting;

namespace SsoCibaMethod.Browser.Tests;

/// <summary>Takes the pictures of the documentation: <c>docs/take-pictures.sh</c> says where to; elsewhere they are taken and let go.</summary>
[Collection(QuickApp.Second)]
public sealed class PictureTests(QuickApp app)
{
    private const int MostBytes = 60_000;

    private static readonly string? Folder = Environment.GetEnvironmentVariable("CIBA_PICTURES");
    private static readonly ViewportSize Desktop = new() { Width = 1200, Height = 900 };
    private static readonly ViewportSize Telephone = new() { Width = 390, Height = 844 };

    [BrowserFact]
    public Task On_a_desktop() => app.VisitAsync(visitor => TakeAllAsync(visitor, ""), new() { ViewportSize = Desktop });

    [BrowserFact]
    public Task On_a_telephone() => app.VisitAsync(visitor => TakeAllAsync(visitor, "-small"), new() { ViewportSize = Telephone });

    [BrowserFact]
    public Task In_the_dark() => app.VisitAsync(
        async visitor => await TakeAsync((await visitor.WaitAsync("alice")).Page, "waiting-dark"),
        new() { ViewportSize = Desktop, ColorScheme = ColorScheme.Dark });

    private static async Task TakeAllAsync(Visitor visitor, string suffix)
    {
        var login = await visitor.BeginAsync();
        await TakeAsync(login.Page, "hint" + suffix);
        await login.SendAsync("alicia");
        await login.ShowsAsync("Sign in");
        await TakeAsync(login.Page, "unknown" + suffix);
        await login.SendAsync("bob");
        await login.ShowsAsync("Enter your code");
        await TakeAsync(login.Page, "user-code" + suffix);
        await login.SendUserCodeAsync("1234");
        await login.IsWaitingAsync();
        await TakeAsync(login.Page, "waiting" + suffix);
        if (suffix.Length > 0)
        {
            await TakeAsync(await visitor.Phone.OpenAsync("bob"), "phone");
        }

        await visitor.Phone.DeclineAsync(login, "bob");
        await login.ShowsAsync("Declined");
        await TakeAsync(login.Page, "declined" + suffix);
    }

    private static async Task TakeAsync(IPage page, string name)
    {
        var picture = await page.ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled });
        Assert.InRange(picture.Length, 1, MostBytes);
        if (Folder is not null)
        {
            await File.WriteAllBytesAsync(Path.Combine(Folder, $"{name}.png"), picture);
        }
    }
}
