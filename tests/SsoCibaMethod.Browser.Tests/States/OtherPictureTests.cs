using Microsoft.Playwright;
using SsoCibaMethod.Browser.Tests.Hosting;

namespace SsoCibaMethod.Browser.Tests.States;

/// <summary>Pictures of what only an eye can judge, beside those of <see cref="EveryStateTests"/>: other writings, forced colours, and the simulated phone.</summary>
[Collection(EveryStateTests.Collection)]
public sealed class OtherPictureTests(ShowApp app)
{
    [BrowserTheory]
    [InlineData("ar")]
    [InlineData("ja")]
    [InlineData("de")]
    public Task In_another_language(string language) => PageState.All["waiting"].VisitAsync(app, language, async page =>
    {
        await page.SetViewportSizeAsync(390, 844);
        await Pictures.TakeOneAsync(page, $"waiting-small-{language}");
    });

    [BrowserTheory]
    [InlineData("hint-not-found")]
    [InlineData("waiting")]
    public Task With_forced_colours(string state) => PageState.All[state].VisitAsync(app, "en-GB", async page =>
    {
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active, ColorScheme = ColorScheme.Dark });
        Assert.NotEqual("rgba(0, 0, 0, 0)", await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.notice, .code')).borderTopColor"));
        await Pictures.TakeOneAsync(page, $"{state}-forced-colours");
    });

    [BrowserFact]
    public Task The_phone_beside_the_page()
    {
        foreach (var request in app.Op.Requests)
        {
            _ = app.Op.Decline(request.AuthReqId);
        }

        return PageState.All["waiting"].VisitAsync(app, "en-GB", async page =>
        {
            await page.SetViewportSizeAsync(390, 844);
            await Pictures.TakeOneAsync(page, "beside-the-phone");
            var phone = await new Phone(page.Context).OpenAsync("alice");
            await Assertions.Expect(phone.GetByRole(AriaRole.Article)).ToContainTextAsync(await page.Locator(".digits:visible").EvaluateAsync<string>("digits => digits.textContent.replace(/\\s/g, '')"));
            await Pictures.TakeOneAsync(phone, "phone");
        });
    }
}
