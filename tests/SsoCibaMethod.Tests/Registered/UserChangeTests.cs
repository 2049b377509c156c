using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Methods;
using SsoCibaMethod.Simulator;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Registered;

/// <summary>Whoever pressed the button is the only one an approval confirms, whatever happens in the browser meanwhile.</summary>
[Trait("Spec", "T-17")]
[Trait("Spec", "S-16")]
public class UserChangeTests
{
    private const string UserChanged = "Another person has signed in here since this page was opened";
    private const string SignInFirst = "Sign in first.";

    [Theory]
    [InlineData("bob")]
    [InlineData("second account of alice")]
    public async Task A_page_opened_for_one_user_is_not_shown_to_another(string other)
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();
        _ = await browser.LoginAsync("alice");
        var address = (await browser.OpenAsync("/confirm")).Address.ToString();
        _ = await browser.LoginAsync(other);

        var page = await browser.OpenAsync(address);

        Assert.Equal(UserChanged + ". Please start again.", page.Notice);
        Assert.Null(page.Document.QuerySelector("form[method=post]"));
    }

    [Theory]
    [InlineData("/confirm")]
    [InlineData(StepUpHost.Page)]
    public async Task A_button_pressed_as_another_user_sends_nothing(string open)
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();
        _ = await browser.LoginAsync("alice");
        var page = await browser.OpenAsync(open);
        _ = await browser.LoginAsync("bob");

        var refused = await browser.SubmitAsync(page);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(UserChanged + ". Please start again.", refused.Notice);
        Assert.Equal(new CibaSimulatorCounters(0, 0, 0, 0), host.Op.Counters);
    }

    [Fact]
    public async Task A_form_made_for_a_user_is_no_good_with_the_state_of_another()
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();
        _ = await browser.LoginAsync("alice");
        var state = (await browser.OpenAsync("/confirm")).Address;
        _ = await browser.LoginAsync("bob");
        var (_, _, form) = TestBrowser.Form(await browser.OpenAsync("/confirm"), "form");

        var refused = await browser.SendAsync(HttpMethod.Post, state.PathAndQuery, form);

        Assert.Equal(UserChanged + ". Please start again.", refused.Notice);
        Assert.Equal(0, host.Op.Acknowledged);
    }

    [Fact]
    public async Task A_user_code_typed_by_another_user_is_not_sent()
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();
        var ask = await browser.AskAsync("bob");
        Assert.Equal("Enter your code", ask.Title);
        _ = await browser.LoginAsync("alice");

        var page = await browser.SubmitAsync(ask, "form", ("user_code", "1234"));

        Assert.Equal("That did not work", page.Title);
        Assert.StartsWith(UserChanged + ", so the approval does not count.", page.Notice, StringComparison.Ordinal);
        Assert.Equal(0, host.Op.Acknowledged);
    }

    [Theory]
    [InlineData("bob", "Bob of this house")]
    [InlineData("second account of alice", "Alice again")]
    public async Task An_approval_confirms_nobody_who_has_signed_in_meanwhile(string other, string name)
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();
        var waiting = await browser.AskAsync();
        await host.ApproveAsync(browser, waiting, StepUpHost.AlicesHint);
        _ = await browser.LoginAsync(other);

        var page = await browser.OpenAsync(waiting.Address.ToString());

        Assert.Equal("That did not work", page.Title);
        Assert.StartsWith(UserChanged + ", so the approval does not count.", page.Notice, StringComparison.Ordinal);
        Assert.Contains(host.Log.Lines, line => line is { Level: LogLevel.Warning, Id.Name: "NotConfirmed" }
            && line.Text.Contains(page.Document.QuerySelector(".reference bdi")!.TextContent, StringComparison.Ordinal));
        Assert.Equal(name, await browser.NameAsync());
        Assert.DoesNotContain((await browser.OpenAsync("/me")).AllClaims(), claim => claim.Type is "acr" or "amr" or "auth_time");

        // The approval is spent: coming back as oneself does not revive it.
        _ = await browser.LoginAsync("alice");
        Assert.Equal("That did not work", (await browser.OpenAsync(waiting.Address.ToString())).Title);
    }

    [Fact]
    public async Task An_approval_signs_nobody_in_who_has_signed_out_meanwhile()
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();
        var waiting = await browser.AskAsync();
        _ = await browser.OpenAsync("/logout");

        var page = await host.ApproveAndReturnAsync(browser, waiting);

        Assert.StartsWith(SignInFirst, page.Notice, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("form[method=post]"));
        Assert.False(browser.IsSignedIn());
    }

    [Fact]
    public async Task The_same_user_signed_in_anew_is_confirmed()
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();
        var waiting = await browser.AskAsync();
        _ = await browser.OpenAsync("/logout");
        _ = await browser.LoginAsync("alice");

        var me = await host.ApproveAndReturnAsync(browser, waiting);

        Assert.Equal("/me", me.Address.AbsolutePath);
        Assert.Contains(("acr", "loa2"), me.AllClaims());
    }

    [Fact]
    [Trait("Spec", "S-13")]
    public async Task What_was_redeemed_is_not_repeated_for_another_user()
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();
        var waiting = await browser.AskAsync();
        var handle = Assert.Single(browser.Handles("https://app.example" + StepUpHost.Page));
        _ = await host.ApproveAndReturnAsync(browser, waiting);
        _ = await browser.LoginAsync("bob");
        browser.Cookies.Add(new Cookie(handle.Name, handle.Value, handle.Path, handle.Domain));

        var page = await browser.OpenAsync(waiting.Address.ToString());

        Assert.Equal(StepUpHost.Page, page.Address.AbsolutePath);
        Assert.Equal("Bob of this house", await browser.NameAsync());
    }

    [Fact]
    [Trait("Spec", "S-13")]
    public async Task What_was_redeemed_is_repeated_for_the_same_user()
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();
        var waiting = await browser.AskAsync();
        var handle = Assert.Single(browser.Handles("https://app.example" + StepUpHost.Page));
        _ = await host.ApproveAndReturnAsync(browser, waiting);
        browser.Cookies.Add(new Cookie(handle.Name, handle.Value, handle.Path, handle.Domain));

        Assert.Equal("/me", (await browser.SendAsync(HttpMethod.Get, waiting.Address.PathAndQuery)).RedirectsTo?.PathAndQuery);
    }

    [Theory]
    [InlineData(CibaLoginHintSource.Typed, CibaLoginHintSource.Claim)]
    [InlineData(CibaLoginHintSource.Claim, CibaLoginHintSource.Typed)]
    public async Task A_login_does_not_become_the_other_kind_by_a_change_of_settings(CibaLoginHintSource before, CibaLoginHintSource after)
    {
        await using var host = await StepUpHost.StartAsync();
        var options = host.Services.GetRequiredService<CibaMethodCatalog>().Find("StepUp")!.Options;
        using var browser = host.CreateBrowser();
        _ = await browser.LoginAsync("alice");
        options.LoginHint.Source = before;
        var waiting = await browser.SubmitAsync(await browser.OpenAsync("/confirm"), "form", ("login_hint", StepUpHost.AlicesHint));
        await host.ApproveAsync(browser, waiting, StepUpHost.AlicesHint);
        options.LoginHint.Source = after;

        var page = await browser.OpenAsync(waiting.Address.ToString());

        Assert.Equal("That did not work", page.Title);
        Assert.DoesNotContain((await browser.OpenAsync("/me")).AllClaims(), claim => claim.Type is "acr" or "sub");
    }

    [Fact]
    public async Task A_form_from_before_the_method_became_a_registered_one_starts_nothing()
    {
        await using var host = await StepUpHost.StartAsync();
        var options = host.Services.GetRequiredService<CibaMethodCatalog>().Find("StepUp")!.Options;
        using var browser = host.CreateBrowser();
        _ = await browser.LoginAsync("alice");
        options.LoginHint.Source = CibaLoginHintSource.Typed;
        var page = await browser.OpenAsync("/confirm");
        options.LoginHint.Source = CibaLoginHintSource.Claim;

        var again = await browser.SubmitAsync(page, "form", ("login_hint", "bob"));

        Assert.StartsWith("This page is no longer valid.", again.Notice, StringComparison.Ordinal);
        Assert.Contains("a•••@example.com", again.Body, StringComparison.Ordinal);
        Assert.Equal(0, host.Op.Acknowledged);
    }
}
