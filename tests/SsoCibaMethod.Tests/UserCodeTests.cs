using System.Text;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests;

public class UserCodeTests
{
    [Fact]
    [Trait("Spec", "U-6")]
    [Trait("Spec", "U-23")]
    public async Task A_user_who_has_a_code_is_asked_for_it_and_a_wrong_one_can_be_mended()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();

        var ask = await host.BeginAsync(browser, "bob");
        Assert.Equal("Enter your code", ask.Title);
        Assert.Contains("It is not your password.", ask.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("off", ask.Document.QuerySelector("#user_code")!.GetAttribute("autocomplete"));
        Assert.Equal(2, ask.Document.QuerySelectorAll("#preview, noscript").Count(preview => preview.InnerHtml.Contains("digits", StringComparison.Ordinal)));
        var wrong = await browser.SubmitAsync(ask, "form", ("user_code", "9999"));
        Assert.Equal("The code was not right. Try again.", wrong.Notice);
        Assert.DoesNotContain("9999", wrong.Body, StringComparison.Ordinal);
        var waiting = await browser.SubmitAsync(wrong, "form", ("user_code", "1234"));

        Assert.Equal("Check your phone", waiting.Title);
        Assert.Equal(ask.Code ?? waiting.Code, waiting.Code);
        Assert.Equal("bob", (await host.Op.WaitForRequestAsync("bob")).LoginHint);
    }

    [Fact]
    [Trait("Spec", "S-41")]
    public async Task The_third_wrong_code_ends_the_login_and_nothing_more_is_sent()
    {
        await using var host = await CibaTestHost.StartAsync(CibaTestHost.WithDefaultLimits);
        using var browser = host.CreateBrowser();
        var page = await host.BeginAsync(browser, "bob");

        for (var i = 0; i < 2; i++)
        {
            page = await browser.SubmitAsync(page, "form", ("user_code", "9999"));
            Assert.Equal("The code was not right. Try again.", page.Notice);
        }

        var ended = await browser.SubmitAsync(page, "form", ("user_code", "9999"));
        Assert.Equal(("That did not work", "bob"), (ended.Title, ended.Value("#login_hint")));
        Assert.StartsWith("The code was wrong too many times", ended.Notice, StringComparison.Ordinal);
        Assert.Contains("TOO_MANY_CODES", host.Log.Text, StringComparison.Ordinal);

        // The right one comes too late.
        Assert.Equal(ended.Notice, (await browser.SubmitAsync(page, "form", ("user_code", "1234"))).Notice);
        Assert.Empty(host.Op.Requests);
    }

    [Fact]
    public async Task A_fault_of_the_code_is_marked_at_the_code_and_that_of_the_form_at_neither_field()
    {
        await using var host = await CibaTestHost.StartAsync(options => options.UniformOutcome = true);
        using var browser = host.CreateBrowser();

        var wrong = await browser.SubmitAsync(await browser.OpenAsync("/me"), "form", ("login_hint", "bob"), ("user_code", "12\u000134"));
        Assert.Equal((null, "format"), Marks(wrong, "#login_hint"));
        Assert.Equal(("true", "notice"), Marks(wrong, "#user_code"));
        Assert.Contains("fault", wrong.Document.QuerySelector("#notice")!.ClassName!, StringComparison.Ordinal);

        var stale = await browser.SubmitAsync(wrong, "form", ("attempt", "forged"));
        Assert.Equal((null, "format"), Marks(stale, "#login_hint"));
        Assert.Equal((null, null), Marks(stale, "#user_code"));
    }

    [Fact]
    public async Task On_the_page_of_the_code_a_stale_form_is_no_fault_of_the_code()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();
        var ask = await host.BeginAsync(browser, "bob");

        var stale = await browser.SubmitAsync(ask, "form", ("user_code", "1234"), ("__RequestVerificationToken", "forged"));
        Assert.Equal((null, null), Marks(stale, "#user_code"));

        Assert.Equal(("true", "notice"), Marks(await browser.SubmitAsync(stale, "form", ("user_code", "9999")), "#user_code"));
    }

    [Fact]
    [Trait("Spec", "U-22")]
    public async Task An_OP_that_does_not_offer_user_codes_but_asks_for_one_is_a_system_error()
    {
        var wire = new WithoutUserCodes();
        await using var host = await CibaTestHost.StartAsync(wire: wire);
        using var browser = host.CreateBrowser();

        var page = await host.BeginAsync(browser, "bob");

        Assert.Equal("That did not work", page.Title);
        Assert.Contains("LOGIN_FAILED", host.Log.Text, StringComparison.Ordinal);
        Assert.Contains("missing_user_code", host.Log.Text, StringComparison.Ordinal);
        Assert.False(wire.SawUserCode);
    }

    private static (string? Invalid, string? DescribedBy) Marks(TestPage page, string field) =>
        (page.Document.QuerySelector(field)!.GetAttribute("aria-invalid"), page.Document.QuerySelector(field)!.GetAttribute("aria-describedby"));

    /// <summary>The OP's metadata says that it takes no user code.</summary>
    private sealed class WithoutUserCodes : DelegatingHandler
    {
        public bool SawUserCode { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            SawUserCode |= request.Content is { } content && (await content.ReadAsStringAsync(cancellationToken)).Contains("user_code", StringComparison.Ordinal);
            var response = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath.EndsWith("/openid-configuration", StringComparison.Ordinal))
            {
                var metadata = await response.Content.ReadAsStringAsync(cancellationToken);
                response.Content = new StringContent(
                    metadata.Replace("\"backchannel_user_code_parameter_supported\":true", "\"backchannel_user_code_parameter_supported\":false", StringComparison.Ordinal), Encoding.UTF8, "application/json");
            }

            return response;
        }
    }
}
