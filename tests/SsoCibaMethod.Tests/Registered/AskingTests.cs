using System.Net;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Simulator;

namespace SsoCibaMethod.Tests.Registered;

/// <summary>A registered method names whom it is about to ask, and asks nobody before the button is pressed.</summary>
[Trait("Spec", "U-4")]
[Trait("Spec", "U-40")]
[Trait("Spec", "S-7")]
public class AskingTests
{
    private const string SignInFirst = "Sign in first. After that you can confirm here that it is you.";
    private const string NotRegistered = "No phone is registered for your account";

    [Fact]
    public async Task The_page_names_the_user_masked_with_one_button_and_nothing_to_type()
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();
        _ = await browser.LoginAsync("alice");

        var page = await browser.OpenAsync("/confirm");

        Assert.Equal("Confirm that it is you", page.Title);
        Assert.Equal("We send a request to a•••@example.com. Approve it on your phone to go on here.", page.Document.QuerySelector("main p:not(.brand)")!.TextContent);
        Assert.Empty(page.Document.QuerySelectorAll("input:not([type=hidden])"));
        Assert.Single(page.Document.QuerySelectorAll("main form[method=post] button"));
        Assert.DoesNotContain(browser.Received, answer => answer.Contains(StepUpHost.AlicesHint, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Neither_challenge_nor_page_sends_anything_and_the_button_asks_the_user_of_the_claim()
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();
        _ = await browser.LoginAsync("alice");

        var page = await browser.OpenAsync("/confirm");
        _ = await browser.OpenAsync(page.Address.ToString());
        _ = await browser.SendAsync(HttpMethod.Head, page.Address.PathAndQuery);
        _ = await browser.OpenAsync(StepUpHost.Page);
        Assert.Equal(new CibaSimulatorCounters(0, 0, 0, 0), host.Op.Counters);

        // What is typed beside it counts for nothing.
        var waiting = await browser.SubmitAsync(page, "form", ("login_hint", "bob"));

        Assert.Equal("Check your phone", waiting.Title);
        Assert.Contains("We asked a•••@example.com.", waiting.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(StepUpHost.AlicesHint, Assert.Single(host.Op.Requests).LoginHint);
    }

    [Theory]
    [InlineData("/confirm")]
    [InlineData(StepUpHost.Page)]
    public async Task Nobody_is_asked_where_nobody_is_signed_in(string address)
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();

        var page = await browser.OpenAsync(address);

        Assert.Equal((HttpStatusCode.OK, "Confirm that it is you", SignInFirst), (page.Status, page.Title, page.Notice));
        Assert.Null(page.Document.QuerySelector("form[method=post]"));
        Assert.Equal("/", page.Document.QuerySelector("main a")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("without phone")]
    [InlineData("unknown to the OP")]
    public async Task Nobody_is_asked_for_a_user_without_the_claims(string person)
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();
        _ = await browser.LoginAsync(person);

        var page = await browser.OpenAsync("/confirm");

        Assert.StartsWith(NotRegistered, page.Notice, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("form[method=post]"));
    }

    [Fact]
    public async Task Nobody_is_asked_for_a_user_whom_no_claim_tells_from_others()
    {
        await using var host = await StepUpHost.StartAsync(options =>
        {
            options.LoginHint.SubjectClaim = null;
            options.LoginHint.SubjectMatcher = (_, _, _) => Task.FromResult(true);
        });
        using var browser = host.CreateBrowser();
        _ = await browser.LoginAsync("nobody in particular");

        Assert.StartsWith(NotRegistered, (await browser.OpenAsync("/confirm")).Notice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\u0000b")]
    public async Task A_claim_that_can_be_no_hint_is_none(string value)
    {
        await using var host = await StepUpHost.StartAsync(options => options.LoginHint.Claim = "given", builder => builder.WithClaims(("given", value)));
        using var browser = host.CreateBrowser();
        _ = await browser.LoginAsync("alice");

        Assert.StartsWith(NotRegistered, (await browser.OpenAsync("/confirm")).Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_sent_after_signing_out_starts_nothing()
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();
        _ = await browser.LoginAsync("alice");
        var page = await browser.OpenAsync("/confirm");
        _ = await browser.OpenAsync("/logout");

        var refused = await browser.SubmitAsync(page);

        Assert.Equal((HttpStatusCode.BadRequest, SignInFirst), (refused.Status, refused.Notice));
        Assert.Null(refused.Document.QuerySelector("form[method=post]"));
        Assert.Equal(0, host.Op.Acknowledged);
        Assert.Contains(host.Log.Lines, line => line.Id.Name == "ConfirmationRefused" && line.Text.Contains("SIGN_IN_FIRST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_host_gives_the_hint_in_the_place_of_the_claim()
    {
        var knows = true;
        await using var host = await StepUpHost.StartAsync(options =>
        {
            options.LoginHint.Claim = null;
            options.LoginHint.Provider = (_, _) => Task.FromResult<CibaLoginHint?>(knows ? new CibaLoginHint.Plain("alice") : null);
        });
        using var browser = host.CreateBrowser();
        _ = await browser.LoginAsync("without phone");

        var page = await browser.OpenAsync("/confirm");
        Assert.Contains("We send a request to a•••.", page.Document.Body!.TextContent, StringComparison.Ordinal);
        _ = await browser.SubmitAsync(page);
        Assert.Equal("alice", Assert.Single(host.Op.Requests).LoginHint);

        knows = false;
        Assert.StartsWith(NotRegistered, (await browser.OpenAsync("/confirm")).Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_hint_is_a_token_the_page_names_the_user()
    {
        await using var host = await StepUpHost.StartAsync(options => options.LoginHint.Provider = (_, _) => Task.FromResult<CibaLoginHint?>(new CibaLoginHint.LoginHintToken("secret-token")));
        using var browser = host.CreateBrowser();
        _ = await browser.LoginAsync("alice");

        var page = await browser.OpenAsync("/confirm");

        Assert.Contains("We send a request to <bdi>Al•••se</bdi>.", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-token", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_the_OP_does_not_know_has_no_phone_there()
    {
        await using var host = await StepUpHost.StartAsync(simulator: options => options.Accounts.Clear());
        using var browser = host.CreateBrowser();

        var page = await browser.AskAsync();

        Assert.Equal("Confirm that it is you", page.Title);
        Assert.StartsWith(NotRegistered, page.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_form_is_followed_by_one_that_names_the_user_again()
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();
        _ = await browser.LoginAsync("alice");
        var page = await browser.OpenAsync("/confirm");

        var again = await browser.SubmitAsync(page, "form", ("attempt", "forged"));

        Assert.Equal((HttpStatusCode.BadRequest, "Confirm that it is you"), (again.Status, again.Title));
        Assert.StartsWith("This page is no longer valid.", again.Notice, StringComparison.Ordinal);
        Assert.Contains("a•••@example.com", again.Body, StringComparison.Ordinal);
        Assert.Equal(0, host.Op.Acknowledged);
        Assert.Equal("Check your phone", (await browser.SubmitAsync(again)).Title);
    }

    [Fact]
    public async Task A_form_sent_twice_asks_once()
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();
        _ = await browser.LoginAsync("alice");
        var page = await browser.OpenAsync("/confirm");

        var first = await browser.SubmitAsync(page);
        var second = await browser.SubmitAsync(page);

        Assert.Equal(first.Address, second.Address);
        Assert.Equal(1, host.Op.Acknowledged);
    }

    [Fact]
    public async Task Nothing_logged_or_addressed_tells_who_it_is()
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();
        var me = await host.ConfirmAsync(browser);

        Assert.Equal("/me", me.Address.AbsolutePath);
        var told = host.Log.Lines.Where(line => line.Category.StartsWith("SsoCibaMethod", StringComparison.Ordinal) && line.Level != LogLevel.None).Select(line => line.Text)
            .Concat(browser.Received.Select(answer => answer.Split('\n')[0]));
        Assert.All(told, line => Assert.DoesNotContain(
            new[] { StepUpHost.AlicesHint, StepUpHost.SubjectOf("alice"), "Alice of this house" }, secret => line.Contains(secret, StringComparison.Ordinal)));
    }
}
