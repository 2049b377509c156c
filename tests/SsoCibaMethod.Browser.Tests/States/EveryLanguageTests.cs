using Microsoft.Playwright;

namespace SsoCibaMethod.Browser.Tests.States;

/// <summary>The page is accessible and fits the smallest screen in every language: in every state where it runs from right to left, in the longest state in all others.</summary>
public sealed class EveryLanguageTests(ShowApp app) : IClassFixture<ShowApp>
{
    public static TheoryData<string> Names => PageState.Names;

    public static TheoryData<string> OtherLanguages => ["da", "de", "es", "et", "fi", "fr", "he", "it", "ja", "nb", "nl", "pl", "pt", "sv"];

    [BrowserTheory]
    [MemberData(nameof(Names))]
    public Task Every_state_in_Arabic(string state) => PageState.All[state].VisitAsync(app, "ar", async page =>
    {
        await Assertions.Expect(page.Locator("html[lang=ar][dir=rtl]")).ToBeAttachedAsync();
        await PageChecks.IsAccessibleAsync(page);
        await PageChecks.FitsAsync(page);
    });

    [BrowserTheory]
    [MemberData(nameof(OtherLanguages))]
    public Task The_wait_in_all_others(string language) => PageState.All["waiting-help"].VisitAsync(app, language, async page =>
    {
        await Assertions.Expect(page.Locator($"html[lang={language}]")).ToBeAttachedAsync();
        await PageChecks.IsAccessibleAsync(page);
        await PageChecks.FitsAsync(page);
    });
}
