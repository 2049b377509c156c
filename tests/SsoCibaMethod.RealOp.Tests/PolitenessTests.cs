namespace SsoCibaMethod.RealOp.Tests;

/// <summary>What the OP saw of our polls.</summary>
[Collection(nameof(PoliteRun))]
public sealed class PolitenessTests(PoliteRun run)
{
    private const int Interval = 5_000;

    private IEnumerable<SeenRequest> Requests => run.Ended.Append(run.Waiting);

    [RealOpFact]
    [Trait("Spec", "C-53")]
    [Trait("Spec", "C-65")]
    public void FirstPollComesAnIntervalAfterTheAcknowledgement() =>
        Assert.All(Requests, request => Assert.InRange(request.Polls[0].At - request.AcknowledgedAt, Interval, long.MaxValue));

    [RealOpFact]
    [Trait("Spec", "C-61")]
    public void AnIntervalLiesBetweenPolls()
    {
        var pauses = Requests.SelectMany(request => request.Polls.Zip(request.Polls.Skip(1), (one, next) => next.At - one.At)).ToList();
        Assert.NotEmpty(pauses);
        Assert.All(pauses, pause => Assert.InRange(pause, Interval, long.MaxValue));
    }

    [RealOpFact]
    [Trait("Spec", "C-63")]
    public void OnePollAtATime() => Assert.DoesNotContain(Requests.SelectMany(request => request.Polls), poll => poll.Overlapping);

    [RealOpFact]
    [Trait("Spec", "C-67")]
    public void NoPollAfterTheEnd()
    {
        Assert.All(run.Ended, request =>
        {
            Assert.All(request.Polls.SkipLast(1), poll => Assert.Equal("authorization_pending", poll.Error));
            Assert.Contains(request.Polls[^1].Error, new[] { null, "access_denied" });
        });
        Assert.Contains(run.Ended, request => request.Polls.Count == 1);
        Assert.Contains(run.Ended, request => request.Polls.Count == 2);
        Assert.All(run.Waiting.Polls, poll => Assert.Equal("authorization_pending", poll.Error));
    }
}
