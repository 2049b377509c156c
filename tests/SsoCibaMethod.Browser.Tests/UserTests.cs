using SsoCibaMethod.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace SsoCibaMethod.Browser.Tests;

/// <summary>What people type, and who they are.</summary>
[Collection(QuickApp.First)]
public sealed class UserTests(QuickApp app)
{
    // The browser writes into its console that the page's answer was a 400, which it is.
    private const string RefusedForm = "status of 400";

    [BrowserTheory]
    [InlineData(true)]
    public Task An_unknown_user_can_mend_what_was_typed(bool script) => app.VisitAsync(script, async visitor =>
    {
        var login = await visitor.BeginAsync();
        await login.SendAsync("alicia");
        await login.EndsAsync("Sign in", "We could not find this user", hint: "alicia");
        await Expect(login.Hint).ToHaveAttributeAsync("aria-invalid", "true");
    });

    [BrowserFact]
    public Task The_phone_of_a_locked_user_does_not_ring() => app.VisitAsync(async visitor =>
    {
        var before = await visitor.Phone.RingsAsync();
        var login = await visitor.BeginAsync();
        await login.SendAsync("eve");
        await login.EndsAsync("Declined", "The request was declined", hint: "eve");
        Assert.Equal(before, await visitor.Phone.RingsAsync());
    });

    [BrowserFact]
    public Task The_form_is_not_sent_without_a_hint() => app.VisitAsync(async visitor =>
    {
        var login = await visitor.BeginAsync();
        await Expect(login.Hint).ToBeFocusedAsync();
        await login.SendAsync("");
        await Expect(login.Hint).ToBeFocusedAsync();

        visitor.Troubles.Expect(RefusedForm);
        await login.SendAsync("  ");
        await Expect(login.Notice).ToContainTextAsync("This field is empty. Fill it in, then press the button again.");
        await Expect(login.Notice).ToBeFocusedAsync();
    });

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_user_with_a_code_is_asked_for_it(bool script) => app.VisitAsync(script, async visitor =>
    {
        var login = await visitor.BeginAsync();
        await login.SendAsync("bob");
        await login.ShowsAsync("Enter your code");

        await login.SendUserCodeAsync("1234");
        await login.IsWaitingAsync();
        await visitor.Phone.ApproveAsync(login, "bob");
        await login.IsSignedInAsync("bob@example.com");
    });

    [BrowserTheory]
    [InlineData(true)]
    public Task A_wrong_code_can_be_mended(bool script) => app.VisitAsync(script, async visitor =>
    {
        var login = await visitor.BeginAsync();
        await login.SendAsync("bob");
        await login.SendUserCodeAsync("4321");
        await Expect(login.Notice).ToContainTextAsync("The code was not right.");

        visitor.Troubles.Expect(RefusedForm);
        await login.SendUserCodeAsync(" ");
        await Expect(login.Notice).ToContainTextAsync("Type your code.");

        await login.SendUserCodeAsync("1234");
        await login.IsWaitingAsync();
    });

    [BrowserFact]
    public Task The_page_speaks_the_language_of_the_browser() => app.VisitAsync(
        async visitor =>
        {
            var login = await visitor.BeginAsync();
            await Expect(login.Page.Locator("html")).ToHaveAttributeAsync("lang", "fi");
        },
        new() { Locale = "fi-FI" });
}
