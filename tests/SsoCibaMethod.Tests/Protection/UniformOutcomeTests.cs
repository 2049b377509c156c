using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Protection;

/// <summary>With the uniform outcome a user the OP does not know looks like one who does not answer.</summary>
[Trait("Spec", "S-27")]
[Trait("Spec", "S-28")]
public class UniformOutcomeTests
{
    public static TheoryData<string> Refusals => ["unknown_user_id", "access_denied", "missing_user_code", "invalid_user_code"];

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Known_and_unknown_look_the_same_from_the_start_to_the_end(string refusal)
    {
        await using var bench = await UniformBench.StartAsync(options => options.RequestedExpiry = TimeSpan.FromMinutes(2));
        bench.Op.OnStart = start => start["login_hint"] == "alice" ? ScriptedOp.Acknowledge("id-1", expiresIn: 120) : ScriptedOp.Error(refusal);
        using var browser = bench.Host.CreateBrowser();
        using var stranger = bench.Host.CreateBrowser();

        var known = await bench.BeginAsync(browser, "alice");
        var unknown = await bench.BeginAsync(stranger, "mario");

        Assert.Equal(("Check your phone", "2:00"), (known.Title, known.Document.QuerySelector("[role=timer]")?.TextContent));
        AssertSame(known, unknown);
        for (var second = 0; second < 121; second++)
        {
            Assert.Equal(await UniformBench.StatusAsync(browser, known), await UniformBench.StatusAsync(stranger, unknown));
            await bench.AdvanceAsync(1);
        }

        known = await browser.OpenAsync(known.Address.ToString());
        unknown = await stranger.OpenAsync(unknown.Address.ToString());
        Assert.Equal("alice", known.Value("#login_hint"));
        Assert.StartsWith("The request was not approved in time", known.Notice, StringComparison.Ordinal);
        AssertSame(known, unknown);
        Assert.Equal(23, bench.Op.Polls.Count);
    }

    [Fact]
    public async Task Whatever_the_OP_gives_both_show_five_minutes_also_after_it_has_given_it()
    {
        await using var bench = await UniformBench.StartAsync();
        using var browser = bench.Host.CreateBrowser();
        using var stranger = bench.Host.CreateBrowser();
        var unknown = await bench.BeginAsync(stranger, "mario");
        var known = await bench.BeginAsync(browser, "alice");
        AssertSame(known, unknown);
        using var later = bench.Host.CreateBrowser();
        AssertSame(known, await bench.BeginAsync(later, "mario"));

        for (var second = 0; second < 301; second++)
        {
            var status = await UniformBench.StatusAsync(browser, known);
            Assert.Equal(status, await UniformBench.StatusAsync(stranger, unknown));
            Assert.Contains(second < 300 ? $"\"expires_in\":{300 - second}" : "expired", status, StringComparison.Ordinal);
            await bench.AdvanceAsync(1);
        }

        AssertSame(await browser.OpenAsync(known.Address.ToString()), await stranger.OpenAsync(unknown.Address.ToString()));
    }

    [Fact]
    public async Task The_page_waits_before_the_OP_has_answered_and_shows_nothing_of_its_answer()
    {
        using var gate = new SemaphoreSlim(0);
        await using var bench = await UniformBench.StartAsync();
        var answer = bench.Op.OnStart;
        bench.Op.OnStart = start =>
        {
            gate.Wait();
            return answer(start);
        };
        foreach (var hint in new[] { "alice", "mario" })
        {
            using var browser = bench.Host.CreateBrowser();
            var before = await bench.Host.BeginAsync(browser, hint);
            Assert.Equal("Check your phone", before.Title);
            var version = before.Document.QuerySelector("[data-version]")!.GetAttribute("data-version");
            var held = browser.SendAsync(HttpMethod.Get, $"{UniformBench.StatusAddress(before)}&seen={version}");

            gate.Release();
            await bench.Host.LoggedAsync(hint == "alice" ? "LoginAcknowledged" : "RefusalHidden");
            var after = await browser.OpenAsync(before.Address.ToString());

            Assert.Equal(UniformBench.Plain(before, hint), UniformBench.Plain(after, hint));

            // Had the answer woken it, it would have said that the login waits.
            _ = await browser.SubmitAsync(after);
            Assert.Equal("cancelled", JsonNode.Parse((await held).Body)!["state"]!.GetValue<string>());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    [Trait("Spec", "S-24")]
    public async Task Either_can_be_cancelled(int seconds)
    {
        await using var bench = await UniformBench.StartAsync();
        using var browser = bench.Host.CreateBrowser();
        using var stranger = bench.Host.CreateBrowser();

        var unknown = await bench.BeginAsync(stranger, "mario");
        var known = await bench.BeginAsync(browser, "alice");
        await bench.AdvanceAsync(seconds);
        known = await browser.SubmitAsync(known);
        unknown = await stranger.SubmitAsync(unknown);

        Assert.Equal("Cancelled", known.Title);
        AssertSame(known, unknown);
    }

    [Fact]
    public async Task Nor_is_there_a_difference_after_an_OP_gave_up_sooner_than_the_page_says()
    {
        await using var bench = await UniformBench.StartAsync(options =>
        {
            CibaTestHost.WithDefaultLimits(options);
            options.StartLimits.PerHint = 1;
        });
        using var browser = bench.Host.CreateBrowser();
        using var stranger = bench.Host.CreateBrowser();
        var unknown = await bench.BeginAsync(stranger, "mario");
        var known = await bench.BeginAsync(browser, "alice");

        foreach (var wait in new[] { "5:00", "2:30" })
        {
            using var other = bench.Host.CreateBrowser();
            var refused = await bench.Host.BeginAsync(other, "alice");
            Assert.Equal(wait, refused.Document.QuerySelector("[data-retry]")?.TextContent);
            AssertSame(refused, await bench.Host.BeginAsync(other, "mario"));
            await bench.AdvanceAsync(150);
        }

        Assert.Contains(bench.Host.Log.Lines, line => line.Id.Name == "LoginEnded" && line.Text.Contains("LOGIN_EXPIRED", StringComparison.Ordinal));
        known = await browser.OpenAsync(known.Address.ToString());
        unknown = await stranger.OpenAsync(unknown.Address.ToString());
        Assert.Equal("Time is up", known.Title);
        AssertSame(known, unknown);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(11)]
    [InlineData(16)]
    public async Task Nor_minutes_after_the_end_whoever_has_looked_or_not(int minutes)
    {
        // The OP gives as long as the page shows: the one login is ended by the poller, the other by nobody.
        await using var bench = await UniformBench.StartAsync(options => options.RequestedExpiry = TimeSpan.FromMinutes(2));
        using var browser = bench.Host.CreateBrowser();
        using var stranger = bench.Host.CreateBrowser();
        var known = await bench.BeginAsync(browser, "alice");
        var unknown = await bench.BeginAsync(stranger, "mario");

        await bench.AdvanceAsync((2 + minutes) * 60);
        for (var look = 0; look < 2; look++)
        {
            AssertSame(await browser.OpenAsync(known.Address.ToString()), await stranger.OpenAsync(unknown.Address.ToString()));
            Assert.Equal(await UniformBench.StatusAsync(browser, known), await UniformBench.StatusAsync(stranger, unknown));
            await bench.AdvanceAsync(120);
        }
    }

    [Fact]
    public async Task An_OP_that_fails_while_it_is_polled_fails_for_those_it_knows_only_so_it_is_not_told()
    {
        await using var bench = await UniformBench.StartAsync(options => options.RequestedExpiry = TimeSpan.FromMinutes(2));
        bench.Op.OnPoll = _ => ScriptedOp.Error("invalid_client");
        using var browser = bench.Host.CreateBrowser();
        using var stranger = bench.Host.CreateBrowser();
        var known = await bench.BeginAsync(browser, "alice");
        var unknown = await bench.BeginAsync(stranger, "mario");

        for (var second = 0; second < 125; second++)
        {
            Assert.Equal(await UniformBench.StatusAsync(browser, known), await UniformBench.StatusAsync(stranger, unknown));
            await bench.AdvanceAsync(1);
        }

        AssertSame(await browser.OpenAsync(known.Address.ToString()), await stranger.OpenAsync(unknown.Address.ToString()));
        Assert.Single(bench.Op.Polls);
        Assert.Contains(bench.Host.Log.Lines, line => line.Level == LogLevel.Error && line.Text.Contains("invalid_client", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_log_says_the_truth_to_the_administrator()
    {
        await using var bench = await UniformBench.StartAsync();
        using var browser = bench.Host.CreateBrowser();

        _ = await bench.BeginAsync(browser, "mario");

        var line = Assert.Single(bench.Host.Log.Lines, line => line.Id.Name == "RefusalHidden");
        Assert.Equal(LogLevel.Information, line.Level);
        Assert.Contains("USER_NOT_FOUND", line.Text, StringComparison.Ordinal);
        Assert.Contains("unknown_user_id", line.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("invalid_request", "USER_NOT_FOUND")]
    [InlineData("unknown_user_id", "LOGIN_FAILED")]
    [InlineData("access_denied", "LOGIN_UNAVAILABLE")]
    [InlineData("invalid_request", "LOGIN_EXPIRED")]
    public async Task What_an_administrator_calls_an_error_does_not_give_the_user_away(string error, string text)
    {
        await using var bench = await UniformBench.StartAsync(options => options.ErrorTexts[error] = text);
        bench.Op.OnStart = _ => ScriptedOp.Error(error);
        using var browser = bench.Host.CreateBrowser();

        Assert.Equal("Check your phone", (await bench.BeginAsync(browser, "mario")).Title);
    }

    [Theory]
    [InlineData("invalid_client")]
    [InlineData("server_error")]
    public async Task An_OP_out_of_order_is_told_since_it_tells_nothing_of_the_user(string error)
    {
        await using var bench = await UniformBench.StartAsync();
        bench.Op.OnStart = _ => ScriptedOp.Error(error);
        using var browser = bench.Host.CreateBrowser();

        var page = await bench.BeginAsync(browser, "alice");

        Assert.Equal("That did not work", (await browser.OpenAsync(page.Address.ToString())).Title);
    }

    [Fact]
    public async Task A_user_who_approves_is_signed_in()
    {
        await using var bench = await UniformBench.StartAsync();
        using var browser = bench.Host.CreateBrowser();
        var waiting = await bench.BeginAsync(browser, "alice");

        bench.Op.OnPoll = poll => ScriptedOp.Json(bench.Op.Tokens(poll["auth_req_id"]!));

        Assert.Equal("approved", await bench.Host.AdvanceUntilNotAsync(browser, waiting, "waiting"));
        Assert.Equal("/me", (await browser.OpenAsync(waiting.Address.ToString())).Address.AbsolutePath);
    }

    private static void AssertSame(TestPage known, TestPage unknown) =>
        Assert.Equal(UniformBench.Plain(known, "alice"), UniformBench.Plain(unknown, "mario"));
}
