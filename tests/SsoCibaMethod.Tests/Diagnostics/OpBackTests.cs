using System.Net;
using SsoCibaMethod.Methods;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;
using SsoCibaMethod.Tests.Polling;

namespace SsoCibaMethod.Tests.Diagnostics;

/// <summary>An outage ends when the OP is well, whether many logins ask it or none, and whoever edits the settings meanwhile.</summary>
public class OpBackTests
{
    [Fact]
    public async Task It_ends_ten_seconds_after_one_answer_though_nobody_asks_again()
    {
        await using var bench = new PollerBench();
        var method = Gone(bench);

        Answer(bench, method);
        Assert.Null(bench.Healths.Of("Bank").Trouble);
        Pass(bench, 9);
        Assert.Equal(["OpGone"], Told(bench));
        Pass(bench, 1);
        Assert.Equal(["OpGone", "OpBack"], Told(bench));
        Assert.Contains("it was away for 40 s", bench.Log.Lines.Single(line => line.Id.Name == "OpBack").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_on_a_busy_node_where_one_of_many_polls_goes_on_failing_and_does_not_begin_again()
    {
        await using var bench = new PollerBench();
        var method = Gone(bench);
        for (var second = 0; second < 60; second++)
        {
            Fail(bench, method);
            for (var i = 0; i < 999; i++)
            {
                Answer(bench, method);
            }

            Pass(bench, 1);
        }

        Assert.Equal(["OpGone", "OpBack"], Told(bench));
    }

    [Fact]
    public async Task It_does_not_end_by_one_answer_among_failures()
    {
        await using var bench = new PollerBench();
        var method = Gone(bench);

        Answer(bench, method);
        for (var second = 0; second < 60; second++)
        {
            Pass(bench, 1);
            Fail(bench, method);
        }

        Assert.Equal(["OpGone"], Told(bench));
        Assert.Equal("no answer", bench.Healths.Of("Bank").Trouble);
    }

    [Fact]
    public async Task Metadata_that_the_OP_serves_is_an_answer_and_the_same_metadata_is_so_only_once()
    {
        await using var bench = new PollerBench();
        var method = Gone(bench);

        _ = await method.Client.Provider.GetAsync();
        Pass(bench, 1, method);
        Assert.Null(bench.Healths.Of("Bank").Trouble);
        Fail(bench, method);
        Pass(bench, 30, method);
        Assert.Equal(["OpGone"], Told(bench));

        var edited = Method(bench);
        _ = await edited.Client.Provider.GetAsync();
        Pass(bench, 1, edited);
        Pass(bench, 10, edited);
        Assert.Equal(["OpGone", "OpBack"], Told(bench));
    }

    [Fact]
    public async Task It_goes_on_while_the_settings_are_read_again_or_taken_away()
    {
        await using var bench = new PollerBench();
        var method = Gone(bench);

        Fail(bench, method.Retire());
        Pass(bench, 10);
        Fail(bench, Method(bench));
        Assert.Equal(["OpGone"], Told(bench));

        Answer(bench, Method(bench));
        Pass(bench, 10);
        Assert.Equal(["OpGone", "OpBack"], Told(bench));
        Assert.Null(bench.Healths.Of("Bank").Trouble);
    }

    [Fact]
    public async Task Where_nobody_asks_for_five_minutes_nothing_is_said_of_the_OP_until_somebody_does()
    {
        await using var bench = new PollerBench();
        var method = Gone(bench);

        Pass(bench, 299);
        Assert.Equal("no answer", bench.Healths.Of("Bank").Trouble);
        Pass(bench, 1);
        Pass(bench, 1);
        Assert.Equal(["OpGone", "OpUnasked"], Told(bench));
        Assert.Null(bench.Healths.Of("Bank").Trouble);

        Fail(bench, method);
        Assert.Equal(["OpGone", "OpUnasked", "OpGone"], Told(bench));
    }

    [Fact]
    public async Task The_host_tells_of_it_when_the_last_login_has_ended()
    {
        var op = new ScriptedOp { OnPoll = _ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) };
        await using var host = await CibaTestHost.StartAsync(options =>
        {
            options.Authority = ScriptedOp.Issuer;
            options.IdTokenSigningAlgorithms = ["ES256"];
            options.BackchannelHttpHandler = op;
        });
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        for (var second = 0; second < 60 && !host.Log.Lines.Any(line => line.Id.Name == "OpGone"); second++)
        {
            await host.PassSecondAsync();
        }

        Assert.Single(host.Log.Lines, line => line.Id.Name == "OpGone");
        op.OnPoll = _ => ScriptedOp.Error("access_denied");
        Assert.Equal("declined", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));
        var polls = op.Polls.Count;
        for (var second = 0; second < 15; second++)
        {
            await host.PassSecondAsync();
        }

        await host.LoggedAsync("OpBack");
        Assert.Equal(polls, op.Polls.Count);
    }

    // An outage of forty seconds.
    private static CibaMethod Gone(PollerBench bench)
    {
        var method = Method(bench);
        bench.Healths.Look([method]);
        Fail(bench, method);
        Pass(bench, 40);
        Fail(bench, method);
        Assert.Equal(["OpGone"], Told(bench));
        return method;
    }

    private static CibaMethod Method(PollerBench bench) => bench.Method("Bank", _ => throw new InvalidOperationException("Nobody polls here."));

    private static void Fail(PollerBench bench, CibaMethod method) => bench.Poller.Outages.Failed(method, bench.Poller.Clock, "no answer");

    private static void Answer(PollerBench bench, CibaMethod method) => bench.Poller.Outages.Answered(method, bench.Poller.Clock);

    private static void Pass(PollerBench bench, int seconds, params CibaMethod[] methods)
    {
        bench.Clock.Advance(TimeSpan.FromSeconds(seconds));
        bench.Healths.Look(methods);
    }

    private static IEnumerable<string?> Told(PollerBench bench) => bench.Log.Lines.Select(line => line.Id.Name);
}
