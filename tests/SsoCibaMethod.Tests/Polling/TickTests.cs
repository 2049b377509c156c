namespace SsoCibaMethod.Tests.Polling;

/// <summary>Polls that are due at nearly one time leave together, for that is what they cost least.</summary>
public class TickTests
{
    [Fact]
    [Trait("Spec", "C-61")]
    public async Task What_is_due_within_20_ms_leaves_at_their_end_together_and_never_early()
    {
        await using var bench = new PollerBench();
        var leftAt = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        var method = bench.Method("Ciba", authReqId =>
        {
            leftAt.Add(authReqId, bench.Poller.Clock);
            return Task.FromResult(PollerBench.Error("authorization_pending"));
        });
        var dueAt = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var authReqId in new[] { "first", "second", "third", "fourth" })
        {
            _ = await bench.WaitAsync(method, authReqId);
            dueAt.Add(authReqId, bench.Poller.Clock + TimeSpan.FromSeconds(5));
            bench.Clock.Advance(TimeSpan.FromMilliseconds(7));
        }

        await bench.AdvanceAsync(TimeSpan.FromSeconds(4.9));
        while (leftAt.Count < dueAt.Count)
        {
            await bench.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        }

        Assert.All(dueAt, due => Assert.InRange(leftAt[due.Key] - due.Value, TimeSpan.Zero, TimeSpan.FromMilliseconds(22)));
        Assert.Equal(leftAt["second"], leftAt["third"]);
        Assert.NotEqual(leftAt["first"], leftAt["second"]);
        Assert.NotEqual(leftAt["third"], leftAt["fourth"]);
    }

    [Fact]
    [Trait("Spec", "C-83")]
    public async Task A_poll_that_the_OP_called_for_waits_for_nobody()
    {
        await using var bench = new PollerBench();
        var polls = 0;
        var method = bench.Method("Ciba", _ =>
        {
            polls++;
            return Task.FromResult(PollerBench.Error("authorization_pending"));
        });
        var login = await bench.WaitAsync(method, "id");
        await bench.AdvanceAsync(TimeSpan.FromMilliseconds(1_003));

        Assert.True(bench.Poller.Ping(login.Id));
        await bench.SettleAsync();

        Assert.Equal(1, polls);
    }
}
