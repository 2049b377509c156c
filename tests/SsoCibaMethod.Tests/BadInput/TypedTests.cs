using System.Net;
using System.Text;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Tests.BadInput;

/// <summary>What people and programs put into the forms. Nothing of it reaches the OP, and each gets a text.</summary>
public class TypedTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Missing = "This field is empty. Fill it in, then press the button again.";
    private const string Unfit = "This does not look right: it is too long";
    private const string Expired = "This page is no longer valid.";

    public static TheoryData<string, string, string?> Hints => new()
    {
        { "", Missing, "" },
        { "   \t\u00A0", Missing, null },
        { new string('a', 10_000), Unfit, "" },
        { "alice\u0001", Unfit, "" },
        { "al\u001Bice", Unfit, "" },
        { "al\nice", Unfit, "" },
        { "\u202Eecila", Unfit, "\u202Eecila" },
        { "\u2066alice\u2069", Unfit, null },
        { "ali\u200Fce", Unfit, null },
        { "alice\uD83D\uDE00", Unfit, null },
        { "<script>alert(1)</script>\"'", "We could not find this user.", "<script>alert(1)</script>\"'" },
    };

    [Theory]
    [MemberData(nameof(Hints))]
    public async Task A_hint_that_cannot_be_one_gets_a_text_and_comes_back_where_it_can(string hint, string text, string? kept)
    {
        var host = shared.Host;
        var started = host.Op.Acknowledged;
        using var browser = host.CreateBrowser();

        var page = await host.BeginAsync(browser, hint);

        Assert.StartsWith(text, page.Notice, StringComparison.Ordinal);
        Assert.Equal("true", page.Document.QuerySelector("#login_hint")!.GetAttribute("aria-invalid"));
        Assert.Equal(kept ?? page.Value("#login_hint"), page.Value("#login_hint") ?? "");
        Assert.DoesNotContain("<script>alert", page.Body, StringComparison.Ordinal);
        Assert.Equal(started, host.Op.Acknowledged);
        Assert.Equal("Check your phone", (await browser.SubmitAsync(page, "form", ("login_hint", " alice "))).Title);
    }

    [Theory]
    [InlineData("", "Type your code.")]
    [InlineData("   ", "Type your code.")]
    [InlineData("12\u000134", "This cannot be your code")]
    [InlineData("LONG", "This cannot be your code")]
    [InlineData("4321", "The code was not right.")]
    public async Task A_code_that_cannot_be_one_gets_a_text_and_the_right_one_still_works(string code, string text)
    {
        var host = shared.Host;
        using var browser = host.CreateBrowser();
        var asking = await host.BeginAsync(browser, "bob");
        Assert.Equal("Enter your code", asking.Title);

        var page = await browser.SubmitAsync(asking, "form[action*='/code']", ("user_code", code == "LONG" ? new string('1', 200) : code));

        Assert.StartsWith(text, page.Notice, StringComparison.Ordinal);
        Assert.Equal("", page.Value("#user_code"));
        Assert.Equal("Check your phone", (await browser.SubmitAsync(page, "form[action*='/code']", ("user_code", "1234"))).Title);
    }

    public static TheoryData<string> Bodies => ["none", "text", "JSON", "multipart", "broken multipart", "too many fields", "too long a field", "a NUL", "empty"];

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_that_is_no_form_of_ours_starts_nothing_and_gets_a_fresh_form(string kind)
    {
        var host = shared.Host;
        var started = host.Op.Acknowledged;
        using var browser = host.CreateBrowser();
        var form = await browser.OpenAsync("/me");
        var fresh = await browser.SendAsync(HttpMethod.Post, form.Address.PathAndQuery, Body(kind, form));

        Assert.Equal(HttpStatusCode.BadRequest, fresh.Status);
        Assert.StartsWith(Expired, fresh.Notice, StringComparison.Ordinal);
        Assert.Equal(started, host.Op.Acknowledged);
        Assert.Equal("Check your phone", (await browser.SubmitAsync(fresh, "form", ("login_hint", "alice"))).Title);
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Nor_does_it_answer_for_the_user_code_or_cancel(string kind)
    {
        var host = shared.Host;
        using var browser = host.CreateBrowser();
        var asking = await host.BeginAsync(browser, "bob");

        foreach (var below in new[] { "code", "cancel" })
        {
            var (_, address, _) = TestBrowser.Form(asking, $"form[action*='/{below}']");
            var answer = await browser.SendAsync(HttpMethod.Post, address.PathAndQuery, Body(kind, asking, withToken: false));
            Assert.True(answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.SeeOther, $"{below}: {answer.Status}");
            Assert.Equal("Enter your code", (await browser.OpenAsync(asking.Address.ToString())).Title);
        }
    }

    private static HttpContent? Body(string kind, TestPage form, bool withToken = true)
    {
        var fields = withToken
            ? form.Document.QuerySelectorAll("form input[type=hidden]").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value")!, StringComparer.Ordinal)
            : [];
        fields["login_hint"] = "alice";
        return kind switch
        {
            "text" => new StringContent("login_hint=alice", Encoding.UTF8, "text/plain"),
            "JSON" => new StringContent("""{ "login_hint": "alice" }""", Encoding.UTF8, "application/json"),
            "multipart" => new MultipartFormDataContent { { new StringContent("alice"), "login_hint" } },
            "broken multipart" => new StringContent("--x\r\nContent-Disposition: form-data; name=\"login_hi", Encoding.UTF8) { Headers = { ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } } } },
            "too many fields" => new FormUrlEncodedContent(Enumerable.Range(0, 2_000).Select(i => KeyValuePair.Create($"f{i}", "x")).Concat(fields)),
            "too long a field" => new FormUrlEncodedContent(fields.Append(KeyValuePair.Create("huge", new string('x', 5_000_000)))),
            "a NUL" => new FormUrlEncodedContent(fields.Append(KeyValuePair.Create("more", "\0"))),
            "empty" => new FormUrlEncodedContent([]),
            _ => null,
        };
    }
}
