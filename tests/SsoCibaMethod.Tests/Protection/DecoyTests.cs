using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Pages;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Polling;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Protection;

/// <summary>A login that only looks as if it waited: nothing is asked of the OP for it, and for the limits it is like any other.</summary>
[Trait("Spec", "S-28")]
public class DecoyTests
{
    [Fact]
    [Trait("Spec", "S-25")]
    public async Task Nobody_polls_for_it_also_not_who_takes_over_from_its_node()
    {
        await using var bench = await UniformBench.StartAsync();
        using var browser = bench.Host.CreateBrowser();
        var page = await bench.BeginAsync(browser, "mario");
        var store = bench.Host.Services.GetRequiredService<IPendingLoginStore>();
        var id = AttemptForm.IdOf(browser.Handles().Single().Value.Split('.')[0]);
        var node = (await store.ReadAsync(id, default))!.Owner!;

        // Its node loses what it owned, and joins again as another one.
        await store.ReleaseAsync(node, default);
        bench.Host.Clock.Advance(TimeSpan.FromSeconds(3));
        while ((await store.ReadAsync(id, default))!.Owner is not { } owner || owner == node)
        {
            await Task.Yield();
        }

        await bench.AdvanceAsync(20);
        Assert.Contains("waiting", await UniformBench.StatusAsync(browser, page), StringComparison.Ordinal);
        await bench.AdvanceAsync(300);
        Assert.Contains("expired", await UniformBench.StatusAsync(browser, page), StringComparison.Ordinal);
        Assert.Equal(0, bench.Host.Services.GetRequiredService<LoginPoller>().Count);
        Assert.DoesNotContain(bench.Host.Log.Lines, line => line.Id.Name == "LoginSurprise");
        Assert.Empty(bench.Op.Polls);
        Assert.Single(bench.Op.Starts);
    }

    [Fact]
    [Trait("Spec", "S-41")]
    public async Task It_counts_for_the_limits_like_a_login_that_waits()
    {
        await using var bench = await UniformBench.StartAsync(CibaTestHost.WithDefaultLimits);
        TestPage? known = null, unknown = null;
        for (var i = 0; i < 4; i++)
        {
            using var browser = bench.Host.CreateBrowser();
            known = i < 3 ? await bench.BeginAsync(browser, "alice") : await bench.Host.BeginAsync(browser, "alice");
            using var stranger = bench.Host.CreateBrowser();
            unknown = i < 3 ? await bench.BeginAsync(stranger, "mario") : await bench.Host.BeginAsync(stranger, "mario");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, known!.Status);
        Assert.Equal(UniformBench.Plain(known, "alice"), UniformBench.Plain(unknown!, "mario"));
        Assert.Equal(6, bench.Op.Starts.Count);
    }

    [Fact]
    [Trait("Spec", "U-6")]
    public async Task A_user_code_is_asked_for_together_with_the_hint_and_goes_with_the_request()
    {
        await using var bench = await UniformBench.StartAsync();
        bench.Op.OnStart = start => start["user_code"] == "1234" ? ScriptedOp.Acknowledge("id-1") : ScriptedOp.Error("missing_user_code");
        using var browser = bench.Host.CreateBrowser();
        var form = await browser.OpenAsync("/me");
        Assert.Equal("Your code, if you have one", form.Document.QuerySelector("label[for=user_code]")?.TextContent);
        Assert.Null(form.Document.QuerySelector("#user_code")!.GetAttribute("required"));

        var waiting = await bench.BeginAsync(browser, "alice", "1234");

        Assert.Equal("1234", bench.Op.Starts[^1]["user_code"]);
        Assert.Contains(bench.Host.Log.Lines, line => line.Id.Name == "LoginAcknowledged");
        Assert.DoesNotContain(browser.Received, answer => answer.Contains("1234", StringComparison.Ordinal));
        using var without = bench.Host.CreateBrowser();
        Assert.Equal(UniformBench.Plain(waiting, "alice"), UniformBench.Plain(await bench.BeginAsync(without, "alice", " "), "alice"));
        Assert.Null(bench.Op.Starts[^1]["user_code"]);
    }

    [Fact]
    public async Task A_code_that_cannot_be_typed_is_told_before_anything_is_sent()
    {
        await using var bench = await UniformBench.StartAsync();
        using var browser = bench.Host.CreateBrowser();

        var page = await browser.SubmitAsync(await browser.OpenAsync("/me"), "form", ("login_hint", "alice"), ("user_code", new string('1', 129)));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.StartsWith("This cannot be your code", page.Notice, StringComparison.Ordinal);
        Assert.Equal(("alice", ""), (page.Value("#login_hint"), page.Value("#user_code")));
        Assert.Empty(bench.Op.Starts);
    }

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    [InlineData(true, true, false)]
    [Trait("Spec", "U-6")]
    public async Task Where_no_code_may_be_asked_for_none_is_sent_either(bool isUniform, bool isOffered, bool isWanted)
    {
        await using var bench = await UniformBench.StartAsync(options =>
        {
            options.UniformOutcome = isUniform;
            options.UserCode = isWanted;
        });
        bench.Op.Metadata["backchannel_user_code_parameter_supported"] = isOffered;
        using var browser = bench.Host.CreateBrowser();
        Assert.Null((await browser.OpenAsync("/me")).Document.QuerySelector("#user_code"));

        _ = await bench.BeginAsync(browser, "alice", "1234");

        Assert.Null(bench.Op.Starts[^1]["user_code"]);
    }
}
