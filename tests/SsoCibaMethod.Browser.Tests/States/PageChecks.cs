using System.Globalization;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace SsoCibaMethod.Browser.Tests.States;

/// <summary>What holds of the page in every state.</summary>
internal static partial class PageChecks
{
    private const int NarrowestScreen = 320;
    private const int SmallestTarget = 44;
    private const int SmallestCode = 36;
    private const double CodeContrast = 7;

    private const string Targets = "a:visible, button:visible, summary:visible, select:visible, input:not([type=hidden], [type=checkbox]):visible, label.check:visible";

    /// <summary>WCAG 2.2 AA, as far as a machine can tell.</summary>
    public static async Task IsAccessibleAsync(IPage page)
    {
        var result = await page.RunAxe(new AxeRunOptions
        {
            RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"),
        });
        Assert.NotEmpty(result.Passes);
        Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(violation => $"{violation.Id}: {violation.Help}: {violation.Nodes[0].Html}")));
    }

    /// <summary>On the smallest screen, which is also what 400 % zoom leaves of a usual one (WCAG 1.4.10), nothing is cut off, and every target can be hit with a thumb.</summary>
    public static async Task FitsAsync(IPage page)
    {
        await page.SetViewportSizeAsync(NarrowestScreen, 568);
        Assert.Equal(NarrowestScreen, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        foreach (var target in await page.Locator(Targets).AllAsync())
        {
            Assert.True((await target.BoundingBoxAsync())!.Height >= SmallestTarget, await target.InnerTextAsync());
        }
    }

    /// <summary>Tab goes through everything that can be used, in the order of the page, and always shows where it is.</summary>
    public static async Task IsUsedByKeyboardAsync(IPage page)
    {
        var all = await page.EvaluateAsync<int>(
            "[...document.querySelectorAll('a, button, summary, select, input:not([type=hidden])')].filter(one => one.checkVisibility() && !one.disabled).map((one, i) => one.tabOrder = i).length");
        await page.EvaluateAsync("document.activeElement.blur(); getSelection().removeAllRanges(); document.body.tabIndex = -1; document.body.focus()");
        for (var i = 0; i < all; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.Equal(i, await page.EvaluateAsync<int?>("document.activeElement.tabOrder"));
            Assert.Equal("solid 3px", await page.EvaluateAsync<string>("(({ outlineStyle, outlineWidth }) => `${outlineStyle} ${outlineWidth}`)(getComputedStyle(document.activeElement))"));
        }
    }

    /// <summary>Where there is a code.</summary>
    public static async Task CodeStandsOutAsync(IPage page)
    {
        var digits = page.Locator(".digits:visible");
        if (await digits.CountAsync() > 0)
        {
            var colours = await digits.EvaluateAsync<string[]>("digits => [getComputedStyle(digits).color, getComputedStyle(digits.closest('.code')).backgroundColor]");
            Assert.True(await digits.EvaluateAsync<double>("digits => parseFloat(getComputedStyle(digits).fontSize)") >= SmallestCode);
            Assert.Equal("all", await digits.EvaluateAsync<string>("digits => getComputedStyle(digits).userSelect"));
            Assert.True(Contrast(Luminance(colours[0]), Luminance(colours[1])) >= CodeContrast, string.Join(" on ", colours));
        }
    }

    // WCAG 2.2, "contrast ratio" and "relative luminance".
    private static double Contrast(double one, double other) => (Math.Max(one, other) + 0.05) / (Math.Min(one, other) + 0.05);

    private static double Luminance(string colour)
    {
        var parts = Number().Matches(colour).Select(part => double.Parse(part.Value, CultureInfo.InvariantCulture) / 255)
            .Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4)).ToArray();
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }

    [GeneratedRegex(@"\d+", RegexOptions.None, 1000)]
    private static partial Regex Number();
}
