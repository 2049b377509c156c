namespace SsoCibaMethod.RealOp.Tests;

/// <summary>However a login ends, the page says so in the administrator's words and keeps what was typed.</summary>
public sealed class OutcomeTests(RealOp op) : IClassFixture<RealOp>
{
    [RealOpFact]
    [Trait("Spec", "U-8")]
    public async Task ApprovalSignsIn()
    {
        await using var host = await CibaHost.StartAsync(op);
        using var login = await UserLogin.BeginAsync(host, "alice");
        Assert.Equal(Texts.Of("WAITING_TITLE"), login.Page.Title);
        var request = await op.WaitForRequestAsync("alice");
        Assert.Equal(login.Page.Code, request.BindingMessage);
        await op.ApproveAsync("alice");

        Assert.Equal("approved", await login.EndAsync());
        Assert.True(login.IsSignedIn);
    }

    [RealOpFact]
    [Trait("Spec", "U-33")]
    public async Task DeclineOnThePhoneEndsAsCancelled()
    {
        await using var host = await CibaHost.StartAsync(op);
        using var login = await UserLogin.BeginAsync(host, "alice");
        await op.WaitForRequestAsync("alice");
        await op.DeclineAsync("alice");

        Assert.Equal("declined", await login.EndAsync());
        AssertEnd(login, "DECLINED_TITLE", "LOGIN_CANCEL", "alice");
    }

    [RealOpFact]
    [Trait("Spec", "U-32")]
    [Trait("Spec", "C-70")]
    public async Task NobodyDecidesInTime()
    {
        await using var host = await CibaHost.StartAsync(op, options => options.RequestedExpiry = TimeSpan.FromSeconds(7));
        using var login = await UserLogin.BeginAsync(host, "alice");
        var request = await op.WaitForRequestAsync("alice");
        Assert.Equal("7", request.RequestedExpiry);

        Assert.Equal("expired", await login.EndAsync());
        AssertEnd(login, "EXPIRED_TITLE", "LOGIN_EXPIRED", "alice");

        // One poll fits into 7 s, at 5 s; none follows the deadline.
        var polls = (await op.SeenAsync()).Request(request.AuthReqId).Polls;
        Assert.InRange(polls.Count, 0, 1);
        Assert.All(polls, poll => Assert.Equal("authorization_pending", poll.Error));
        await op.DeclineAsync("alice");
    }

    [RealOpFact]
    [Trait("Spec", "U-21")]
    public async Task UnknownUserIsToldSo()
    {
        await using var host = await CibaHost.StartAsync(op);
        using var login = await UserLogin.BeginAsync(host, "nobody");

        AssertEnd(login, "SIGN_IN_TITLE", "USER_NOT_FOUND", "nobody");
    }

    [RealOpFact]
    [Trait("Spec", "S-24")]
    public async Task ApprovalAfterACancelHasNoEffect()
    {
        await op.AddAccountAsync(new("carol"));
        await using var host = await CibaHost.StartAsync(op);
        using var cancelled = await UserLogin.BeginAsync(host, "alice");
        using var later = await UserLogin.BeginAsync(host, "carol");
        var request = await op.WaitForRequestAsync("alice");
        await cancelled.CancelAsync();
        AssertEnd(cancelled, "CANCELLED_TITLE", "LOGIN_CANCELLED", "alice");
        await op.ApproveAsync("alice");
        await op.ApproveAsync("carol");

        // Whoever began later has been polled for by then.
        Assert.Equal("approved", await later.EndAsync());
        Assert.Empty((await op.SeenAsync()).Request(request.AuthReqId).Polls);
        await cancelled.OpenAsync(cancelled.Page.Address.PathAndQuery);
        AssertEnd(cancelled, "CANCELLED_TITLE", "LOGIN_CANCELLED", "alice");
        await cancelled.OpenAsync("/me");
        Assert.False(cancelled.IsSignedIn);
    }

    private static void AssertEnd(UserLogin login, string titleKey, string noticeKey, string hint)
    {
        Assert.Equal(Texts.Of(titleKey), login.Page.Title);
        Assert.StartsWith(Texts.Of(noticeKey), login.Page.Notice, StringComparison.Ordinal);
        Assert.Equal(hint, login.Hint);
        Assert.False(login.IsSignedIn);
    }
}
