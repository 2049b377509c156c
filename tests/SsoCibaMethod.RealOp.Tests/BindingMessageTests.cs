using Microsoft.Extensions.Logging;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>This OP takes no spaces in a binding message, as some others do not (I-1).</summary>
public sealed class BindingMessageTests(RealOp op) : IClassFixture<RealOp>
{
    [RealOpFact]
    [Trait("Spec", "U-20")]
    [Trait("Spec", "U-5")]
    public async Task DefaultTemplateIsTheOperatorsTroubleNotTheUsers()
    {
        await using var host = await CibaHost.StartAsync(op, texts: null);
        using var login = await UserLogin.BeginAsync(host, "alice");

        Assert.Equal(Texts.Of("FAILED_TITLE"), login.Page.Title);
        Assert.StartsWith(Texts.Of("LOGIN_FAILED"), login.Page.Notice, StringComparison.Ordinal);
        Assert.Equal("alice", login.Hint);
        var reference = login.Page.Document.QuerySelector("#notice .reference bdi")!.TextContent;
        var line = Assert.Single(host.Log.Lines, line => line.Level == LogLevel.Error);
        Assert.Contains(reference, line.Text, StringComparison.Ordinal);
        Assert.Contains("invalid_binding_message", line.Text, StringComparison.Ordinal);
        Assert.Empty(await op.RequestsAsync());
    }
}
