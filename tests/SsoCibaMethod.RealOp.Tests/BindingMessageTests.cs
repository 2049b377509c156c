using Microsoft.Extensions.Logging;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>This OP takes no spaces in a binding message, as some others do not (I-1).</summary>
public sealed class BindingMessageTests(RealOp op) : IClassFixture<RealOp>
{
    [RealOpFact]
    [Trait("Spec", "I-1")]
    [Trait("Spec", "U-5")]
    public async Task DefaultTemplateIsRefusedOnceAndTheCodeAloneGoesThrough()
    {
        await using var host = await CibaHost.StartAsync(op, texts: null);
        using var login = await UserLogin.BeginAsync(host, "alice");

        Assert.Equal(Texts.Of("WAITING_TITLE"), login.Page.Title);
        var asked = Assert.Single(await op.RequestsAsync());
        Assert.Equal(login.Page.Code, asked.BindingMessage);
        Assert.Single(host.Log.Lines, line => line.Id.Name == "BindingMessageRefused");
        Assert.DoesNotContain(host.Log.Lines, line => line.Level == LogLevel.Error);
    }
}
