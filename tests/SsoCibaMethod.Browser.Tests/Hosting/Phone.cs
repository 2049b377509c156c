using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SsoCibaMethod.Browser.Tests.Hosting;

/// <summary>The simulated phone, in a tab of a telephone's size.</summary>
public sealed class Phone(IBrowserContext context)
{
    public Task ApproveAsync(LoginTab login, string user = "alice") => AnswerAsync(login, user, "Approve", "Approved.");

    public Task DeclineAsync(LoginTab login, string user = "alice") => AnswerAsync(login, user, "Decline", "Declined.");

    public Task LetExpireAsync(LoginTab login, string user = "alice") => AnswerAsync(login, user, "Let it expire now", "Left to expire.");

    /// <summary>The phone of one person.</summary>
    public async Task<IPage> OpenAsync(string user)
    {
        var phone = await context.NewPageAsync();
        await phone.SetViewportSizeAsync(390, 844);
        await phone.GotoAsync($"/op/phone?user={user}");
        return phone;
    }

    /// <summary>How often the OP was asked to make a phone ring.</summary>
    public async Task<int> RingsAsync()
    {
        var settings = await context.NewPageAsync();
        await settings.GotoAsync("/op/phone/settings");
        var rings = await settings.Locator("dt:has-text('Requests acknowledged') + dd").InnerTextAsync();
        await settings.CloseAsync();
        return int.Parse(rings, CultureInfo.InvariantCulture);
    }

    // The person compares the codes, so the request is found by the code that the login page shows.
    private async Task AnswerAsync(LoginTab login, string user, string answer, string confirmation)
    {
        var code = await login.CodeAsync();
        var phone = await OpenAsync(user);
        var request = phone.GetByRole(AriaRole.Article).Filter(new() { HasText = code });
        await request.GetByRole(AriaRole.Button, new() { Name = answer, Exact = true }).ClickAsync();
        await Expect(phone.GetByText(confirmation)).ToBeVisibleAsync();
        await phone.CloseAsync();
    }
}
