using Microsoft.Playwright;

namespace SsoCibaMethod.Browser.Tests.States;

/// <summary>
/// In every state the page is accessible by day and by night, fits the smallest screen, and is used by keyboard alone. Any breach of its content security policy fails these tests too.
/// </summary>
[Collection(Collection)]
public sealed class EveryStateTests(ShowApp app)
{
    public const string Collection = "Every state";

    private static readonly ViewportSize Desktop = new() { Width = 1200, Height = 900 };

    public static TheoryData<string> Names => PageState.Names;

    [BrowserTheory]
    [MemberData(nameof(Names))]
    public Task In_English(string state) => PageState.All[state].VisitAsync(app, "en-GB", async page =>
    {
        await Pictures.TakeAsync(page, state);
        await page.SetViewportSizeAsync(Desktop.Width, Desktop.Height);
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await PageChecks.IsAccessibleAsync(page);
            await PageChecks.CodeStandsOutAsync(page);
        }

        await PageChecks.FitsAsync(page);
        await PageChecks.IsUsedByKeyboardAsync(page);
    });

    [BrowserFact]
    public Task Nothing_moves_for_those_who_want_it_still() => PageState.All["waiting"].VisitAsync(app, "en-GB", async page =>
    {
        Assert.NotEqual("none", await MotionAsync());
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        Assert.Equal("none", await MotionAsync());

        Task<string> MotionAsync() => page.EvaluateAsync<string>("getComputedStyle(document.querySelector('[data-status]'), '::before').animationName");
    });

    [CollectionDefinition(Collection)]
    public sealed class Shared : ICollectionFixture<ShowApp>;
}
