using System.Net;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.SampleApp.Tests;

/// <summary>Password first, then the phone, with the shipped settings.</summary>
[Trait("Spec", "U-40")]
[Trait("Spec", "S-7")]
public sealed class PasswordFirstTests : IDisposable
{
    private readonly HttpsSampleApp _app = HttpsSampleApp.Start();
    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false, UseCookies = false };

    public void Dispose()
    {
        _handler.Dispose();
        _app.Dispose();
    }

    [Theory]
    [InlineData("alice", "wonderland", "Alice Aaltonen", "1001")]
    [InlineData("bob", "fix-it", "Bob Berg", "1002")]
    public async Task The_payments_open_after_a_password_and_an_approval(string user, string password, string name, string id)
    {
        using var browser = new TestBrowser(_handler, _app.HttpAddress);

        // Nobody, so the home page; by its link to the password, and on to where the user wanted to go.
        var home = await browser.OpenAsync("/payments");
        var form = await browser.OpenAsync(home.Document.QuerySelector("a[href^='/password']")!.GetAttribute("href")!);
        var confirm = await browser.SubmitAsync(form, "form", ("name", user), ("password", password));
        Assert.Equal(("/signin-stepup", "Confirm that it is you"), (confirm.Address.AbsolutePath, confirm.Title));
        Assert.Empty(_app.Op.Requests);

        var waiting = await browser.SubmitAsync(confirm);
        if (waiting.Title == "Enter your code")
        {
            waiting = await browser.SubmitAsync(waiting, "form", ("user_code", "1234"));
        }

        Assert.True(_app.Op.Approve((await _app.Op.WaitForRequestAsync($"{user}@example.com")).AuthReqId));
        var status = waiting.Document.QuerySelector("[data-watch]")!.GetAttribute("data-watch")!;
        while ((await browser.SendAsync(HttpMethod.Get, status)).Body.Contains("\"waiting\"", StringComparison.Ordinal))
        {
        }

        var payments = await browser.OpenAsync(waiting.Address.PathAndQuery);
        Assert.Equal(("/payments", "Payments"), (payments.Address.AbsolutePath, payments.Title));
        Assert.Contains(name, payments.Body, StringComparison.Ordinal);
        var me = await browser.OpenAsync("/me", "application/json");
        Assert.Contains($$"""{"type":"sub","value":"{{id}}"}""", me.Body, StringComparison.Ordinal);
        Assert.Contains("""{"type":"amr","value":"mca"}""", me.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alice", "fix-it")]
    [InlineData("mallory", "wonderland")]
    [InlineData("", "")]
    public async Task A_wrong_password_signs_nobody_in(string user, string password)
    {
        using var browser = new TestBrowser(_handler, _app.HttpAddress);

        var page = await browser.SubmitAsync(await browser.OpenAsync("/password"), "form", ("name", user), ("password", password));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("do not belong together", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(browser.Cookies.GetCookies(_app.HttpAddress), cookie => cookie.Name == ".AspNetCore.Cookies");
    }

    [Fact]
    public async Task A_password_leads_nowhere_else_and_takes_no_foreign_form()
    {
        using var browser = new TestBrowser(_handler, _app.HttpAddress);
        var form = await browser.OpenAsync("/password?returnUrl=https://evil.example/");

        using var content = new FormUrlEncodedContent([new("name", "alice"), new("password", "wonderland")]);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SendAsync(HttpMethod.Post, "/password", content)).Status);
        Assert.Equal("/me", (await browser.SubmitAsync(form, "form", ("name", "alice"), ("password", "wonderland"))).Address.AbsolutePath);
    }
}
