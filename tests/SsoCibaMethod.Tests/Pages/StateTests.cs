using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Pages;

/// <summary>Each state is named, has one heading and the landmarks, and says whether a phone rang where that is certain.</summary>
public class StateTests
{
    private const string NothingSent = "Nothing was sent to your phone.";

    [Fact]
    public async Task Every_state_has_its_name_one_heading_and_the_landmarks()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();

        var hint = await browser.OpenAsync("/me");
        AssertIs("hint", hint);
        AssertIs("user_code", await browser.SubmitAsync(hint, "form", ("login_hint", "bob")));
        var waiting = await host.BeginAsync(browser);
        AssertIs("waiting", waiting);
        Assert.Equal("Approve only if your phone shows this code:", waiting.Document.QuerySelector(".code p")!.TextContent);
        Assert.StartsWith("Nobody will ever phone you", waiting.Document.QuerySelector(".safety")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(3, waiting.Document.QuerySelectorAll("details.help li").Length);
        Assert.Equal("status", waiting.Document.QuerySelector("[data-status]")!.GetAttribute("role"));
        Assert.Equal("a•••", waiting.Document.QuerySelector("main bdi")!.TextContent);
        AssertIs("cancelled", await browser.SubmitAsync(waiting, "form[action*='/cancel']"), "status");
        AssertIs("unknown", await browser.OpenAsync("/signin-ciba?a=abcdefgh"), "status");

        var declined = await host.BeginAsync(browser);
        Assert.True(host.Op.Decline(host.Op.Requests[^1].AuthReqId));
        Assert.Equal("declined", await host.AdvanceUntilNotAsync(browser, declined, "waiting"));
        var page = await browser.OpenAsync(declined.Address.ToString());
        AssertIs("declined", page, "alert");
        Assert.Contains("If you declined by mistake, try again.", page.Notice, StringComparison.Ordinal);
        Assert.Contains("If you did not start this sign-in", page.Notice, StringComparison.Ordinal);

        var expired = await host.BeginAsync(browser);
        Assert.Equal("expired", await host.AdvanceUntilNotAsync(browser, expired, "waiting"));
        AssertIs("expired", await browser.OpenAsync(expired.Address.ToString()), "alert");
    }

    [Fact]
    public async Task The_code_is_shown_in_groups_and_read_character_by_character()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();

        var digits = (await host.BeginAsync(browser)).Document.QuerySelector("output.digits")!;

        Assert.Equal("ltr", digits.GetAttribute("dir"));
        Assert.Equal(2, digits.QuerySelectorAll("span").Length);
        Assert.Equal(string.Join(' ', digits.TextContent.Where(char.IsAsciiLetterUpper)), digits.GetAttribute("aria-label"));
        Assert.Matches("^([A-Z] ){5}[A-Z]$", digits.GetAttribute("aria-label")!);
    }

    [Theory]
    [InlineData("user_code")]
    [InlineData("waiting")]
    [InlineData("approved")]
    public async Task Cancelling_works_in_every_state_and_a_second_press_does_no_harm(string state)
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();
        var page = await host.BeginAsync(browser, state == "user_code" ? "bob" : "alice");
        if (state == "approved")
        {
            Assert.True(host.Op.Approve(host.Op.Requests[^1].AuthReqId));
            Assert.Equal("approved", await host.AdvanceUntilNotAsync(browser, page, "waiting"));
        }

        for (var press = 0; press < 2; press++)
        {
            var cancelled = await browser.SubmitAsync(page, "form[action*='/cancel']");
            AssertIs("cancelled", cancelled, "status");
            Assert.Equal("/", cancelled.Document.QuerySelector(".aside a")!.GetAttribute("href"));
        }
    }

    [Fact]
    public async Task A_limit_tells_the_time_beside_what_is_spoken_at_once()
    {
        await using var host = await CibaTestHost.StartAsync(CibaTestHost.WithDefaultLimits);
        using var browser = host.CreateBrowser();
        var page = await host.BeginAsync(browser);
        for (var i = 0; i < 20 && page.Document.QuerySelector("main")!.GetAttribute("data-state") != "limited"; i++)
        {
            page = await host.BeginAsync(browser);
        }

        AssertIs("limited", page, "alert");
        Assert.NotNull(page.Document.QuerySelector("#notice [data-now] [role=timer][data-retry]"));
        Assert.Null(page.Document.QuerySelector("[role=alert] [role=timer]"));
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_client"}""", true)]
    [InlineData(400, """{"error":"unknown_user_id"}""", true)]
    [InlineData(400, """{"error":"access_denied"}""", true)]
    [InlineData(503, """{"error":"temporarily_unavailable"}""", false)]
    [InlineData(400, """{"error":"server_error"}""", false)]
    [InlineData(200, "what is this", false)]
    public async Task That_nothing_was_sent_is_said_only_where_it_is_certain(int status, string answer, bool isCertain)
    {
        await using var host = await CibaTestHost.StartAsync(wire: new Wire().At("/bc-authorize", status, answer));
        using var browser = host.CreateBrowser();

        var page = await host.BeginAsync(browser);

        Assert.Equal(isCertain, page.Notice!.Contains(NothingSent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_login_of_less_than_a_minute_can_be_sent_again_when_its_end_is_near()
    {
        await using var host = await CibaTestHost.StartAsync(simulator: options => options.Lifetime = TimeSpan.FromSeconds(20));
        using var browser = host.CreateBrowser();

        var waiting = await host.BeginAsync(browser);

        Assert.False(waiting.Document.QuerySelector("[data-soon]")!.HasAttribute("hidden"));
        Assert.False(waiting.Document.QuerySelector("form[action*='/again']")!.HasAttribute("hidden"));
    }

    [Fact]
    public async Task Other_ways_lead_on_where_the_method_is_switched_off()
    {
        await using var host = await CibaTestHost.StartAsync(options =>
        {
            options.Enabled = false;
            options.Page.OtherWays["Again"] = "Cookies";
        });
        using var browser = host.CreateBrowser();

        var closed = await browser.OpenAsync("/signin-ciba");

        AssertIs("closed", closed, "status");
        var way = await browser.SendAsync(HttpMethod.Get, closed.Document.QuerySelector("nav.ways a")!.GetAttribute("href")!);
        Assert.Equal("/Account/Login", way.RedirectsTo?.AbsolutePath);
    }

    private static void AssertIs(string state, TestPage page, string? role = null)
    {
        Assert.Equal(state, Assert.Single(page.Document.QuerySelectorAll("body main")).GetAttribute("data-state"));
        Assert.Equal(1, page.Document.QuerySelectorAll("h1").Length);
        Assert.StartsWith(page.Document.QuerySelector("h1")!.TextContent + " – ", page.Document.Title, StringComparison.Ordinal);
        Assert.Equal(["header", "main", "footer"], page.Document.QuerySelectorAll("header, main, footer").Select(part => part.LocalName));
        Assert.Equal(role, page.Document.QuerySelector("#notice > div")?.GetAttribute("role"));
        Assert.Equal(role is not null, page.Document.QuerySelector("#notice")?.HasAttribute("autofocus") == true);
    }
}
