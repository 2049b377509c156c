using System.Net;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Polling;

namespace SsoCibaMethod.Tests.Diagnostics;

/// <summary>An OP's outage is one line when it begins and one when it is over, however many logins wait.</summary>
public class OpOutageTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task An_outage_is_told_once_with_its_cause_and_who_waits_and_once_when_it_is_over()
    {
        await using var bench = new PollerBench();
        var isDown = false;
        var method = bench.Method("Bank", _ => Task.FromResult(isDown ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) : PollerBench.Error("authorization_pending")));
        for (var i = 0; i < 20; i++)
        {
            _ = await bench.WaitAsync(method, $"id{i}");
        }

        await PassAsync(bench, 6);
        Assert.Null(bench.Healths.Of("Bank").Trouble);
        isDown = true;
        await PassAsync(bench, 30);

        var gone = Assert.Single(Told(bench));
        Assert.Equal(("OpGone", LogLevel.Warning), (gone.Id.Name, gone.Level));
        Assert.Contains("The OP of Bank does not answer. 20 logins wait", gone.Text, StringComparison.Ordinal);
        Assert.Contains("503", gone.Text, StringComparison.Ordinal);
        Assert.Contains("503", bench.Healths.Of("Bank").Trouble, StringComparison.Ordinal);

        isDown = false;
        await PassAsync(bench, 60);

        Assert.Equal(["OpGone", "OpBack"], Told(bench).Select(line => line.Id.Name));
        Assert.Null(bench.Healths.Of("Bank").Trouble);
    }

    [Fact]
    public async Task An_OP_that_answers_some_and_not_others_is_there()
    {
        await using var bench = new PollerBench();
        var polls = 0;
        var method = bench.Method("Bank", _ => Task.FromResult(polls++ % 2 == 0 ? new HttpResponseMessage(HttpStatusCode.BadGateway) : PollerBench.Error("authorization_pending")));
        for (var i = 0; i < 9; i++)
        {
            _ = await bench.WaitAsync(method, $"id{i}");
        }

        await PassAsync(bench, 100);

        Assert.True(polls > 50);
        Assert.Empty(Told(bench));
    }

    [Fact]
    public async Task One_poll_without_an_answer_is_no_outage()
    {
        await using var bench = new PollerBench();
        var polls = 0;
        var method = bench.Method("Bank", _ => Task.FromResult(polls++ == 1 ? new HttpResponseMessage(HttpStatusCode.BadGateway) : PollerBench.Error("authorization_pending")));
        _ = await bench.WaitAsync(method, "id");

        await PassAsync(bench, 60);

        Assert.True(polls > 3);
        Assert.Empty(Told(bench));
        Assert.Null(bench.Healths.Of("Bank").Trouble);
    }

    private static IEnumerable<CapturedLine> Told(PollerBench bench) => bench.Log.Lines.Where(line => line.Level >= LogLevel.Information);

    private static async Task PassAsync(PollerBench bench, int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            await bench.AdvanceAsync(Second);
        }
    }
}
