using Microsoft.Playwright;

namespace SsoCibaMethod.Browser.Tests.States;

/// <summary>The pictures of the documentation: <c>docs/take-pictures.sh</c> says where to; elsewhere none are taken.</summary>
internal static class Pictures
{
    private const int MostBytes = 150_000;

    private static readonly string? Folder = Environment.GetEnvironmentVariable("CIBA_PICTURES");

    private static readonly (string Name, ViewportSize Size)[] Screens =
    [
        ("", new ViewportSize { Width = 1200, Height = 900 }),
        ("-small", new ViewportSize { Width = 390, Height = 844 }),
    ];

    /// <summary>On a desktop and on a telephone, by day and by night.</summary>
    public static async Task TakeAsync(IPage page, string name)
    {
        if (Folder is null)
        {
            return;
        }

        foreach (var (screen, size) in Screens)
        {
            await page.SetViewportSizeAsync(size.Width, size.Height);
            foreach (var (suffix, scheme) in new[] { ("", ColorScheme.Light), ("-dark", ColorScheme.Dark) })
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                await TakeOneAsync(page, name + screen + suffix);
            }
        }
    }

    public static async Task TakeOneAsync(IPage page, string name)
    {
        if (Folder is not null)
        {
            var picture = await page.ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled, FullPage = true });
            Assert.InRange(picture.Length, 1, MostBytes);
            await File.WriteAllBytesAsync(Path.Combine(Folder, $"{name}.png"), picture);
        }
    }
}
