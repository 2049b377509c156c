using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace SsoCibaMethod.Simulator.Tests;

public sealed class PhoneTests : IDisposable
{
    private const string Alice = "/op/phone?user=alice";
    private readonly SimulatorHost _op = new();

    public void Dispose() => _op.Dispose();

    [Fact]
    [Trait("Spec", "C-16")]
    public async Task The_phone_shows_who_asks_the_message_and_the_time_left()
    {
        await _op.AskedAsync(("binding_message", "W4SCT"));
        _op.Clock.Advance(TimeSpan.FromSeconds(13));

        var page = await PageAsync(Alice);

        Assert.Equal("Sign in to The Shop?", page.QuerySelector("article h2")!.TextContent);
        Assert.Equal("W4SCT", page.QuerySelector(".message")!.TextContent);
        Assert.Equal("1:47", page.QuerySelector(".clock")!.TextContent);
        Assert.Empty((await PageAsync("/op/phone?user=bob")).QuerySelectorAll("article"));
    }

    [Fact]
    [Trait("Spec", "C-16")]
    public async Task What_a_client_sends_is_text_and_stays_text()
    {
        const string Message = "<img src=x onerror=alert(1)> & \" 'ё日本'";
        await _op.AskedAsync(("binding_message", Message));

        var page = await PageAsync(Alice);

        Assert.Equal(Message, page.QuerySelector(".message")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("img"));
    }

    [Theory]
    [InlineData("Approve", CibaSimulatorState.Approved)]
    [InlineData("Decline", CibaSimulatorState.Declined)]
    [InlineData("Let it expire now", CibaSimulatorState.Expired)]
    public async Task A_button_decides_and_leads_back_to_the_phone(string button, CibaSimulatorState state)
    {
        await _op.AskedAsync();

        using var answer = await PressAsync(await PageAsync(Alice), button);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(state, Assert.Single(_op.Simulator.Requests).State);
        var page = await PageAsync(answer.Headers.Location!.OriginalString);
        Assert.NotNull(page.QuerySelector("[data-notice]"));
        Assert.NotNull(page.QuerySelector(".earlier .state"));
    }

    [Fact]
    public async Task A_late_button_says_so()
    {
        await _op.AskedAsync();
        var page = await PageAsync(Alice);
        _op.Clock.Advance(TimeSpan.FromMinutes(2));

        using var answer = await PressAsync(page, "Approve");

        Assert.EndsWith("done=late", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(CibaSimulatorState.Expired, _op.Simulator.Requests[0].State);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Origin", "https://evil.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Origin", "http://localhost", true)]
    public async Task Only_a_page_of_the_phone_may_decide(string header, string value, bool accepted)
    {
        await _op.AskedAsync();

        using var answer = await PressAsync(await PageAsync(Alice), "Approve", (header, value));

        Assert.Equal(accepted ? HttpStatusCode.SeeOther : HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(accepted ? CibaSimulatorState.Approved : CibaSimulatorState.Pending, _op.Simulator.Requests[0].State);
    }

    [Fact]
    public async Task A_form_needs_its_page_and_a_page_needs_no_script()
    {
        using var answer = await _op.Http.GetAsync(Alice);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var page = await PageAsync(Alice);
        Assert.Contains("url=" + Alice, page.QuerySelector("noscript meta")!.GetAttribute("content")!, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("[style],style,script:not([src])"));
    }

    [Fact]
    public async Task Whatever_a_page_names_is_there_and_may_be_kept()
    {
        var page = await PageAsync("/op/phone");
        var addresses = page.QuerySelectorAll("link[href],script[src]").Select(element => element.GetAttribute("href") ?? element.GetAttribute("src"));

        foreach (var address in addresses)
        {
            using var answer = await _op.Http.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_accounts_say_how_much_waits_for_whom()
    {
        await _op.AskedAsync();
        await _op.AskedAsync(("login_hint", "alice@example.com"));

        var accounts = (await PageAsync("/op/phone")).QuerySelectorAll(".account");

        Assert.Equal(["Alice Aaltonen", "Bob Berg", "Eve Eklund"], accounts.Select(account => account.QuerySelector(".name")!.TextContent));
        Assert.Equal(["2 waiting", null, null], accounts.Select(account => account.QuerySelector(".badge")?.TextContent));
    }

    [Fact]
    public async Task Settings_hold_from_the_next_request_on()
    {
        using var form = new FormUrlEncodedContent([new("interval", ""), new("lifetime", "30"), new("slow_down", "2")]);
        using var saved = await _op.Http.PostAsync("/op/phone/settings", form);

        var answer = await _op.AskAsync(("login_hint", "bob"));

        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        Assert.Equal(30, answer.Number("expires_in"));
        Assert.False(answer.Has("interval"));
        Assert.Equal("slow_down", (await _op.PollAsync(answer.Text("auth_req_id"))).Error);
        Assert.Equal(1, _op.Simulator.Options.SlowDownNextPolls);
    }

    [Theory]
    [InlineData("0", "30", "0")]
    [InlineData("5", "", "0")]
    [InlineData("5", "30", "-1")]
    public async Task A_setting_that_cannot_be_changes_nothing(string interval, string lifetime, string slowDown)
    {
        using var form = new FormUrlEncodedContent([new("interval", interval), new("lifetime", lifetime), new("slow_down", slowDown)]);
        using var answer = await _op.Http.PostAsync("/op/phone/settings", form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(2), _op.Simulator.Options.Lifetime);
        Assert.True(_op.Simulator.Options.UserCodeSupported);
    }

    private async Task<IHtmlDocument> PageAsync(string address) =>
        await new HtmlParser().ParseDocumentAsync(await _op.Http.GetStringAsync(address));

    private async Task<HttpResponseMessage> PressAsync(IHtmlDocument page, string button, params (string Name, string Value)[] headers)
    {
        var form = (IHtmlFormElement)page.QuerySelectorAll("button").Single(element => element.TextContent == button).Closest("form")!;
        var fields = form.QuerySelectorAll<IHtmlInputElement>("input").Select(input => KeyValuePair.Create(input.Name!, input.Value));
        using var request = new HttpRequestMessage(HttpMethod.Post, form.GetAttribute("action")) { Content = new FormUrlEncodedContent(fields) };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await _op.Http.SendAsync(request);
    }
}
