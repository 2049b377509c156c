namespace SsoCibaMethod.RealOp.Tests;

/// <summary>The OP changes its keys between the start of a login and the approval.</summary>
public sealed class KeyRollOverTests(RealOp op) : IClassFixture<RealOp>
{
    [RealOpFact]
    [Trait("Spec", "T-5")]
    public async Task SameLoginSucceedsWithTheNewKeys()
    {
        await using var host = await CibaHost.StartAsync(op);
        using var login = await UserLogin.BeginAsync(host, "alice");
        var request = await op.WaitForRequestAsync("alice");
        await op.RotateKeysAsync();
        await op.ApproveAsync("alice");

        Assert.Equal("approved", await login.EndAsync());
        Assert.True(login.IsSignedIn);

        // The answer cannot be had twice (C-69): it was kept and checked again, not asked for again.
        Assert.Single((await op.SeenAsync()).Request(request.AuthReqId).Polls, poll => poll.Error is null);
    }
}
