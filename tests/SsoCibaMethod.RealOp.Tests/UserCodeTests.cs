namespace SsoCibaMethod.RealOp.Tests;

/// <summary>The OP keeps bob behind a code only he knows.</summary>
public sealed class UserCodeTests(RealOp op) : IClassFixture<RealOp>
{
    [RealOpFact]
    [Trait("Spec", "U-22")]
    [Trait("Spec", "U-23")]
    [Trait("Spec", "C-17")]
    public async Task AskedForOnceMissingAndAgainWhenWrong()
    {
        await using var host = await CibaHost.StartAsync(op);
        using var login = await UserLogin.BeginAsync(host, "bob");
        Assert.Equal(Texts.Of("USER_CODE_TITLE"), login.Page.Title);
        Assert.Null(login.Page.Notice);
        Assert.Empty(await op.RequestsAsync());

        await login.SendAsync(("user_code", "4321"));
        Assert.Equal(Texts.Of("USER_CODE_TITLE"), login.Page.Title);
        Assert.Equal(Texts.Of("INVALID_CREDENTIALS"), login.Page.Notice);
        Assert.Equal("", login.Page.Value("#user_code"));
        Assert.Empty(await op.RequestsAsync());

        await login.SendAsync(("user_code", "1234"));
        var request = await op.WaitForRequestAsync("bob");
        Assert.Equal(login.Page.Code, request.BindingMessage);
        await op.ApproveAsync("bob");
        Assert.Equal("approved", await login.EndAsync());
        Assert.True(login.IsSignedIn);
    }
}
