using System.Net;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.BadInput;

/// <summary>Whatever the OP answers, the user reads a clear text with a reference id, keeps the hint, and can try again.</summary>
[Trait("Spec", "K-50")]
[Trait("Spec", "S-51")]
public class OpTroubleTests
{
    private const string Failed = "Signing in does not work at the moment.";
    private const string Unavailable = "The sign-in service cannot be reached at the moment.";

    private static readonly Dictionary<string, Func<HttpResponseMessage>> Answers = new(StringComparer.Ordinal)
    {
        ["malformed"] = () => Json("{ \"auth_req_id\": "),
        ["an array"] = () => Json("[]"),
        ["empty"] = () => Json(""),
        ["HTML"] = () => new(HttpStatusCode.OK) { Content = new StringContent("<html>", null, "text/html") },
        ["redirect"] = () => new(HttpStatusCode.Redirect) { Headers = { Location = new Uri("https://evil.example/") } },
        ["oversized"] = () => Json($$"""{ "error": "access_denied", "padding": "{{new string('x', 1_100_000)}}" }"""),
        ["503"] = () => new(HttpStatusCode.ServiceUnavailable) { Content = new StringContent("<html>", null, "text/html") },
        ["refused"] = () => throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused"),
        ["broken off"] = () => throw new HttpIOException(HttpRequestError.ResponseEnded),
        ["surprise"] = () => throw new InvalidOperationException("A handler of the host."),
    };

    [Theory]
    [InlineData("/bc-authorize", "malformed", Failed)]
    [InlineData("/bc-authorize", "an array", Failed)]
    [InlineData("/bc-authorize", "empty", Failed)]
    [InlineData("/bc-authorize", "HTML", Failed)]
    [InlineData("/bc-authorize", "redirect", Failed)]
    [InlineData("/bc-authorize", "oversized", Failed)]
    [InlineData("/bc-authorize", "503", Unavailable)]
    [InlineData("/bc-authorize", "refused", Unavailable)]
    [InlineData("/bc-authorize", "broken off", Unavailable)]
    [InlineData("/bc-authorize", "surprise", Failed)]
    [InlineData("/.well-known/openid-configuration", "malformed", Unavailable)]
    [InlineData("/.well-known/openid-configuration", "HTML", Unavailable)]
    [InlineData("/.well-known/openid-configuration", "redirect", Unavailable)]
    [InlineData("/.well-known/openid-configuration", "oversized", Unavailable)]
    [InlineData("/.well-known/openid-configuration", "503", Unavailable)]
    [InlineData("/.well-known/openid-configuration", "refused", Unavailable)]
    [InlineData("/jwks", "malformed", Unavailable)]
    [InlineData("/jwks", "oversized", Unavailable)]
    [InlineData("/jwks", "refused", Unavailable)]
    public async Task A_bad_answer_to_the_start_is_a_clear_text_and_the_next_try_succeeds(string endpoint, string answer, string text)
    {
        using var wire = new Wire().At(endpoint, (_, _) => Task.FromResult(Answers[answer]()));
        await using var host = await CibaTestHost.StartAsync(wire: wire);
        using var browser = host.CreateBrowser();

        var page = await host.BeginAsync(browser);

        AssertFailure(host, page, text);
        wire.Open();

        // That there is no metadata is remembered for two seconds, so that many logins are not many requests.
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        var waiting = await browser.SubmitAsync(page);
        Assert.Equal("Check your phone", waiting.Title);
        await host.ApproveAsync(browser, waiting);
        Assert.Equal("/me", (await browser.OpenAsync(waiting.Address.ToString())).Address.PathAndQuery);
    }

    [Theory]
    [InlineData("malformed", Failed)]
    [InlineData("HTML", Failed)]
    [InlineData("redirect", Failed)]
    [InlineData("oversized", Failed)]
    [InlineData("503", Unavailable)]
    [InlineData("refused", Unavailable)]
    public async Task A_bad_answer_to_polls_ends_in_a_clear_text(string answer, string text)
    {
        using var wire = new Wire();
        await using var host = await CibaTestHost.StartAsync(wire: wire, simulator: options => options.Lifetime = TimeSpan.FromMinutes(15));
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);

        _ = wire.At("/token", (_, _) => Task.FromResult(Answers[answer]()));

        Assert.Equal("failed", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));
        AssertFailure(host, await browser.OpenAsync(waiting.Address.ToString()), text);
    }

    [Theory]
    [Trait("Spec", "K-51")]
    [InlineData("503")]
    [InlineData("refused")]
    [InlineData("broken off")]
    [InlineData("surprise")]
    public async Task A_hiccup_costs_nobody_a_login(string answer)
    {
        using var wire = new Wire();
        await using var host = await CibaTestHost.StartAsync(wire: wire);
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        var hiccups = 0;
        _ = wire.At("/token", (_, _) =>
        {
            hiccups++;
            wire.Open();
            return Task.FromResult(Answers[answer]());
        });

        await host.ApproveAsync(browser, waiting);

        Assert.Equal(1, hiccups);
        Assert.Equal("/me", (await browser.OpenAsync(waiting.Address.ToString())).Address.PathAndQuery);
    }

    [Fact]
    public async Task A_slow_OP_shows_the_sending_page_after_5_seconds_and_LOGIN_UNAVAILABLE_after_the_time_limit()
    {
        using var wire = new Wire();
        _ = wire.At("/bc-authorize", wire.HoldAsync);
        var parked = new HostClock();
        await using var host = await CibaTestHost.StartAsync(wire: wire, services: parked.Watch);
        using var browser = host.CreateBrowser();
        var form = await browser.OpenAsync("/me");

        var post = browser.SubmitAsync(form, "form", ("login_hint", "alice"));
        await wire.Held;
        await parked.WasSetAsync(TimeSpan.FromSeconds(5));
        host.Clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(post.IsCompleted);
        host.Clock.Advance(TimeSpan.FromSeconds(0.1));
        var sending = await post;

        Assert.Equal("Sending the request", sending.Title);
        Assert.NotNull(sending.Document.QuerySelector("form[action*='/cancel']"));
        Assert.Equal("failed", await host.AdvanceUntilNotAsync(browser, sending, "sending", seconds: 41));
        AssertFailure(host, await browser.OpenAsync(sending.Address.ToString()), Unavailable);
    }

    [Fact]
    [Trait("Spec", "S-24")]
    public async Task Cancelled_while_sending_a_late_acknowledgement_has_no_effect()
    {
        var go = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var wire = new Wire();
        _ = wire.At("/bc-authorize", (_, _) =>
        {
            held.SetResult();
            return go.Task;
        });
        var parked = new HostClock();
        await using var host = await CibaTestHost.StartAsync(wire: wire, services: parked.Watch);
        using var browser = host.CreateBrowser();
        var form = await browser.OpenAsync("/me");
        var post = browser.SubmitAsync(form, "form", ("login_hint", "alice"));
        await held.Task;
        await parked.WasSetAsync(TimeSpan.FromSeconds(5));
        host.Clock.Advance(TimeSpan.FromSeconds(5));

        var cancelled = await browser.SubmitAsync(await post);
        Assert.Equal("Cancelled", cancelled.Title);
        go.SetResult(Json("""{ "auth_req_id": "1c266114-a1be-4252-8ad1-04986c5b9ac1", "expires_in": 120, "interval": 5 }"""));
        await host.LoggedAsync("LateOutcome");

        Assert.Equal("Cancelled", (await browser.OpenAsync(cancelled.Address.ToString())).Title);
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        await host.SettleAsync();
        Assert.Equal(0, host.Op.Counters.Polls);
    }

    private static void AssertFailure(CibaTestHost host, TestPage page, string text)
    {
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.StartsWith(text, page.Notice, StringComparison.Ordinal);
        Assert.Equal("alice", page.Value("#login_hint"));
        var reference = page.Document.QuerySelector(".reference bdi")!.TextContent;
        Assert.Contains($"Login {reference} of Ciba: failed", host.Log.Text, StringComparison.Ordinal);
    }

    private static HttpResponseMessage Json(string body) => new(HttpStatusCode.OK) { Content = new StringContent(body, null, "application/json") };
}
