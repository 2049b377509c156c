using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Tests.Hosting;
using static SsoCibaMethod.Tests.Administration.AdministeredHost;

namespace SsoCibaMethod.Tests.Administration;

/// <summary>Methods come, change and go while the application runs, in force within 5 seconds, and logins under way are not disturbed.</summary>
public class LiveMethodTests
{
    private const string Closed = "This way of signing in is switched off at the moment.";

    [Fact]
    public async Task A_method_that_is_added_signs_people_in_and_has_texts_of_its_own()
    {
        await using var host = await StartAsync(new() { ["Bank"] = Method() });
        host.WriteText("messages.shop.json", """{ "SIGN_IN_INTRO": "Of the shop." }""");
        using var browser = host.Host.CreateBrowser();

        await host.EditAsync(new() { ["Bank"] = Method(), ["Shop"] = Method("other", ("DisplayName", "The shop")) });

        Assert.Contains("Of the shop.", (await browser.OpenAsync("/signin/Shop")).Body, StringComparison.Ordinal);
        Assert.Equal("/me", (await host.ApproveAsync(browser, await host.BeginAsync(browser, "Shop"))).Address.AbsolutePath);
        var scheme = await host.Host.Services.GetRequiredService<IAuthenticationSchemeProvider>().GetSchemeAsync("Shop");
        Assert.Equal(("The shop", typeof(CibaHandler)), (scheme?.DisplayName, scheme?.HandlerType));
        Assert.Single(host.Host.Log.Lines, line => line.Id.Name == "MethodAdded");
    }

    [Fact]
    public async Task The_first_method_may_come_while_the_application_runs()
    {
        await using var host = await StartAsync([]);
        using var browser = host.Host.CreateBrowser();

        await host.EditAsync(new() { ["Bank"] = Method() });

        Assert.Equal("/me", (await host.ApproveAsync(browser, await host.BeginAsync(browser, "Bank"))).Address.AbsolutePath);
    }

    [Fact]
    public async Task A_method_that_is_removed_takes_no_login_and_the_one_under_way_is_signed_in_by_its_last_settings()
    {
        await using var host = await StartAsync(new() { ["Bank"] = Method("app", ("CallbackPath", "/at-the-bank")), ["Shop"] = Method("other") });
        using var browser = host.Host.CreateBrowser();
        using var other = host.Host.CreateBrowser();
        var waiting = await host.BeginAsync(browser, "Bank");
        var form = await other.OpenAsync("/signin/Bank");

        await host.EditAsync(new() { ["Shop"] = Method("other") });

        var refused = await other.SubmitAsync(form, "form", ("login_hint", "alice"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, Closed), (refused.Status, refused.Notice));
        Assert.Equal("Check your phone", (await browser.OpenAsync(waiting.Address.ToString())).Title);
        Assert.Equal("/me", (await host.ApproveAsync(browser, waiting)).Address.AbsolutePath);
        Assert.Single(host.Host.Op.Requests);
        Assert.Single(host.Host.Log.Lines, line => line.Id.Name == "MethodRemoved");
        Assert.Empty(host.Catalog.Faults);
        Assert.False(host.Catalog.Get("Bank").Enabled);
    }

    [Fact]
    public async Task A_method_that_leaves_the_file_is_removed_though_its_secret_stays_in_the_environment()
    {
        await using var host = await StartAsync(new() { ["Bank"] = Method() }, beside: ("Bank:ClientSecret", CibaTestHost.Secret));

        await host.EditAsync([]);

        Assert.False(host.Catalog.Find("Bank")!.IsOpen);
        Assert.Empty(host.Catalog.Faults);
        Assert.Single(host.Host.Log.Lines, line => line.Id.Name == "MethodRemoved");
    }

    [Fact]
    public async Task How_a_login_of_a_removed_method_ended_is_told_without_a_form_for_another()
    {
        await using var host = await StartAsync(new() { ["Bank"] = Method() });
        using var browser = host.Host.CreateBrowser();
        var waiting = await host.BeginAsync(browser, "Bank");

        await host.EditAsync([]);
        host.Host.Op.Decline(host.Host.Op.Requests.Single().AuthReqId);

        Assert.Equal("declined", await host.Host.AdvanceUntilNotAsync(browser, waiting, "waiting"));
        var page = await browser.OpenAsync(waiting.Address.ToString());
        Assert.Equal("Declined", page.Title);
        Assert.Null(page.Document.QuerySelector("input[name=login_hint]"));
    }

    [Fact]
    public async Task A_method_given_to_another_client_ends_its_logins_as_the_client_they_began_with()
    {
        await using var host = await StartAsync(new() { ["Bank"] = Method() });
        using var browser = host.Host.CreateBrowser();
        using var other = host.Host.CreateBrowser();
        var waiting = await host.BeginAsync(browser, "Bank");

        await host.EditAsync(new() { ["Bank"] = Method("other") });

        Assert.Equal("/me", (await host.ApproveAsync(browser, waiting)).Address.AbsolutePath);
        Assert.Equal("/me", (await host.ApproveAsync(other, await host.BeginAsync(other, "Bank"))).Address.AbsolutePath);
        Assert.Equal(["app", "other"], host.Host.Op.Requests.Select(request => request.Client.ClientId));
    }

    [Fact]
    public async Task A_page_that_moves_stays_where_it_was_for_the_logins_begun_there()
    {
        await using var host = await StartAsync(new() { ["Bank"] = Method() });
        using var browser = host.Host.CreateBrowser("http://localhost/");
        using var late = host.Host.CreateBrowser("http://localhost/");
        var waiting = await host.BeginAsync(browser, "Bank");
        var form = await late.OpenAsync("/signin/Bank");

        await host.EditAsync(new() { ["Bank"] = Method("app", ("CallbackPath", "/at-the-bank")) });

        Assert.Equal("Check your phone", (await browser.OpenAsync(waiting.Address.ToString())).Title);
        Assert.Equal("/me", (await host.ApproveAsync(browser, waiting)).Address.AbsolutePath);

        // Who has begun nothing yet is led on, with the challenge.
        var moved = await late.OpenAsync(form.Address.ToString());
        Assert.Equal(("/at-the-bank", form.Address.Query), (moved.Address.AbsolutePath, moved.Address.Query));
        Assert.NotNull(moved.Document.QuerySelector("input[name=login_hint]"));
        Assert.Equal("/me", (await host.ApproveAsync(late, await host.BeginAsync(late, "Bank"))).Address.AbsolutePath);
    }

    [Fact]
    public async Task A_method_that_is_renamed_keeps_its_page_and_the_logins_of_the_old_name_end_there()
    {
        await using var host = await StartAsync(new() { ["Bank"] = Method("app", ("CallbackPath", "/at-the-bank")) });
        using var browser = host.Host.CreateBrowser();
        using var other = host.Host.CreateBrowser();
        var waiting = await host.BeginAsync(browser, "Bank");

        await host.EditAsync(new() { ["TheBank"] = Method("app", ("CallbackPath", "/at-the-bank")) });

        Assert.Empty(host.Catalog.Faults);
        Assert.Equal("/me", (await host.ApproveAsync(other, await host.BeginAsync(other, "TheBank"))).Address.AbsolutePath);
        host.Host.Op.Approve(host.Host.Op.Requests[0].AuthReqId);
        Assert.Equal("approved", await host.Host.AdvanceUntilNotAsync(browser, waiting, "waiting"));
        Assert.Equal("/me", (await browser.OpenAsync(waiting.Address.ToString())).Address.AbsolutePath);
    }

    [Fact]
    public async Task A_login_that_waits_for_its_user_code_goes_on_when_its_method_is_removed()
    {
        await using var host = await StartAsync(new() { ["Bank"] = Method() });
        using var browser = host.Host.CreateBrowser();
        var asked = await host.Host.BeginAsync(browser, "bob", "/signin/Bank");
        Assert.Equal("Enter your code", asked.Title);

        await host.EditAsync([]);

        Assert.Equal("Check your phone", (await browser.SubmitAsync(asked, "form[action*='/code']", ("user_code", "1234"))).Title);
    }

    [Fact]
    public async Task A_method_that_comes_back_takes_logins_again()
    {
        await using var host = await StartAsync(new() { ["Bank"] = Method() });
        using var browser = host.Host.CreateBrowser();

        await host.EditAsync([]);
        await host.EditAsync(new() { ["Bank"] = Method() });

        Assert.Equal("/me", (await host.ApproveAsync(browser, await host.BeginAsync(browser, "Bank"))).Address.AbsolutePath);
    }

    [Fact]
    public async Task A_script_that_asks_after_a_login_of_a_closed_method_is_told_that_it_is_over()
    {
        await using var host = await StartAsync(new() { ["Bank"] = Method("app", ("Enabled", JsonValue.Create(false))) });
        using var browser = host.Host.CreateBrowser();

        var answer = await browser.SendAsync(HttpMethod.Get, "/signin-bank/status?a=abcd1234");

        Assert.Equal((HttpStatusCode.OK, "unknown"), (answer.Status, JsonNode.Parse(answer.Body)?["state"]?.GetValue<string>()));
    }
}
