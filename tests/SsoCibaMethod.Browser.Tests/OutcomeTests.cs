using SsoCibaMethod.Browser.Tests.Hosting;

namespace SsoCibaMethod.Browser.Tests;

/// <summary>However a login ends, the page says so and offers the next try with the hint kept.</summary>
[Collection(QuickApp.First)]
public sealed class OutcomeTests(QuickApp app)
{
    private const string Declined = "The request was declined";
    private const string Expired = "The request was not approved in time";
    private const string Cancelled = "You cancelled the sign-in";

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Declined_on_the_phone_the_page_says_so(bool script) => app.VisitAsync(script, async visitor =>
    {
        var login = await visitor.WaitAsync("alice");
        await visitor.Phone.DeclineAsync(login);
        await login.EndsAsync("Declined", Declined, hint: "alice");
    });

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Expired_at_the_OP_the_page_says_so(bool script) => app.VisitAsync(script, async visitor =>
    {
        var login = await visitor.WaitAsync("alice");
        await visitor.Phone.LetExpireAsync(login);
        await login.EndsAsync("Time is up", Expired, hint: "alice");
    });

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Cancelled_in_the_browser_the_page_says_so(bool script) => app.VisitAsync(script, async visitor =>
    {
        var login = await visitor.WaitAsync("alice");
        await login.PressAsync("Cancel");
        await login.EndsAsync("Cancelled", Cancelled, hint: "alice");
    });

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Tried_again_with_the_hint_kept_it_is_a_new_request_with_a_new_code(bool script) => app.VisitAsync(script, async visitor =>
    {
        var login = await visitor.WaitAsync("alice");
        var first = await login.CodeAsync();
        await visitor.Phone.DeclineAsync(login);
        await login.EndsAsync("Declined", Declined, hint: "alice");

        await login.PressAsync("Try again");
        await login.IsWaitingAsync();
        Assert.NotEqual(first, await login.CodeAsync());
        await visitor.Phone.ApproveAsync(login);
        await login.IsSignedInAsync();
    });
}
