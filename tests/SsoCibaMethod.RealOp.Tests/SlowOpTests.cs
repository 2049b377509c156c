namespace SsoCibaMethod.RealOp.Tests;

/// <summary>An OP that holds its answers longer than the interval, as one that offers long polling.</summary>
public sealed class SlowOpTests(RealOp op) : IClassFixture<RealOp>
{
    [RealOpFact]
    [Trait("Spec", "C-61")]
    [Trait("Spec", "C-63")]
    public async Task NextPollFollowsAtOnceButNeverBeforeTheAnswer()
    {
        await using var host = await CibaHost.StartAsync(op);
        using var login = await UserLogin.BeginAsync(host, "alice");
        var request = await op.WaitForRequestAsync("alice");
        await op.DelayTokenAnswersAsync(TimeSpan.FromSeconds(6));
        await op.WaitForPollsAsync(request.AuthReqId, 1);
        await op.ApproveAsync("alice");
        Assert.Equal("approved", await login.EndAsync());

        var polls = (await op.SeenAsync()).Request(request.AuthReqId).Polls;
        Assert.Equal(["authorization_pending", null], polls.Select(poll => poll.Error));
        Assert.False(polls[1].Overlapping);

        // 6 s for the answer and nothing more; a client that counts from the receipt alone would let 11 pass.
        Assert.InRange(polls[1].At - polls[0].At, 6_000, 10_000);
    }
}
