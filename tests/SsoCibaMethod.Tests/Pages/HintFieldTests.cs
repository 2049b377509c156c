using System.Net;
using SsoCibaMethod.Pages;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Pages;

/// <summary>What kind of hint people type decides the keyboard, the label and the check (LoginHint:InputMode).</summary>
public class HintFieldTests
{
    [Theory]
    [InlineData(CibaLoginHintInputMode.Text, "text", null, "username", "User name or phone number")]
    [InlineData(CibaLoginHintInputMode.Tel, "tel", "tel", "tel", "Phone number")]
    [InlineData(CibaLoginHintInputMode.Email, "text", "email", "email", "E-mail address")]
    [InlineData(CibaLoginHintInputMode.Numeric, "text", "numeric", "username", "Number")]
    public async Task The_field_has_its_keyboard_and_tells_its_format_before_anybody_errs(
        CibaLoginHintInputMode mode, string type, string? inputMode, string autoComplete, string label)
    {
        await using var host = await CibaTestHost.StartAsync(options => options.LoginHint.InputMode = mode);
        using var browser = host.CreateBrowser();

        var page = await browser.OpenAsync("/me");

        var field = page.Document.QuerySelector("#login_hint")!;
        Assert.Equal((type, inputMode, autoComplete), (field.GetAttribute("type"), field.GetAttribute("inputmode"), field.GetAttribute("autocomplete")));
        Assert.Equal(label, page.Document.QuerySelector("label[for=login_hint]")!.TextContent);
        Assert.Equal("format", field.GetAttribute("aria-describedby"));
        Assert.NotEmpty(page.Document.QuerySelector("#format")!.TextContent);
    }

    [Fact]
    public async Task A_number_that_cannot_be_one_is_not_sent_and_comes_back()
    {
        await using var host = await CibaTestHost.StartAsync(options => options.LoginHint.InputMode = CibaLoginHintInputMode.Tel);
        using var browser = host.CreateBrowser();

        var page = await browser.SubmitAsync(await browser.OpenAsync("/me"), "form", ("login_hint", "+358 forty"));

        Assert.Equal((HttpStatusCode.BadRequest, "+358 forty"), (page.Status, page.Value("#login_hint")));
        Assert.Equal("format notice", page.Document.QuerySelector("#login_hint")!.GetAttribute("aria-describedby"));
        Assert.Empty(host.Op.Requests);
    }

    [Theory]
    [InlineData(CibaLoginHintInputMode.Text, " ali ce ", "ali ce")]
    [InlineData(CibaLoginHintInputMode.Tel, "+358 (40) 123-45.67", "+358401234567")]
    [InlineData(CibaLoginHintInputMode.Tel, "040\u00A0123\u20114567", "0401234567")]
    [InlineData(CibaLoginHintInputMode.Tel, "\uFF0B\uFF13\uFF15\uFF18401234567", "+358401234567")]
    [InlineData(CibaLoginHintInputMode.Tel, "٠٤٠١٢٣٤٥٦٧", "0401234567")]
    [InlineData(CibaLoginHintInputMode.Tel, "1234", null)]
    [InlineData(CibaLoginHintInputMode.Tel, "++358401234567", null)]
    [InlineData(CibaLoginHintInputMode.Tel, "358+401234567", null)]
    [InlineData(CibaLoginHintInputMode.Tel, "123456789012345678901", null)]
    [InlineData(CibaLoginHintInputMode.Numeric, "12 34-56", "123456")]
    [InlineData(CibaLoginHintInputMode.Numeric, "+123456", null)]
    [InlineData(CibaLoginHintInputMode.Numeric, "--", null)]
    [InlineData(CibaLoginHintInputMode.Email, " alice@example.com ", "alice@example.com")]
    [InlineData(CibaLoginHintInputMode.Email, "alice", null)]
    [InlineData(CibaLoginHintInputMode.Email, "alice@", null)]
    [InlineData(CibaLoginHintInputMode.Email, "a@b@c", null)]
    [InlineData(CibaLoginHintInputMode.Email, "al ice@example.com", null)]
    public void What_is_written_for_the_eye_is_forgiven_and_what_cannot_be_right_is_not(CibaLoginHintInputMode mode, string typed, string? hint)
    {
        Assert.Equal(hint, HintInput.Read(typed, mode, out var fault));
        Assert.Equal(hint is null ? "LOGIN_HINT_UNFIT" : null, fault);
    }
}
