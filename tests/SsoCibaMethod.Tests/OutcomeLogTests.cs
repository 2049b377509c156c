using Microsoft.Extensions.Logging;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests;

/// <summary>What an operator sees of an attack: how each login ended, by the reference its page shows.</summary>
[Trait("Spec", "S-43")]
public class OutcomeLogTests
{
    [Fact]
    public async Task A_decline_is_logged_with_its_method_and_reference_and_without_its_user()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        host.Op.Decline((await host.Op.WaitForRequestAsync("alice")).AuthReqId);
        Assert.Equal("declined", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));

        var line = Assert.Single(host.Log.Lines, line => line.Id.Name == "LoginEnded");
        var started = Assert.Single(host.Log.Lines, line => line.Id.Name == "LoginStarted");
        var reference = started.Text.Split(' ').Single(word => word.StartsWith("Login=", StringComparison.Ordinal));

        Assert.Equal(LogLevel.Information, line.Level);
        Assert.Contains(reference, line.Text, StringComparison.Ordinal);
        Assert.Contains("Method=Ciba", line.Text, StringComparison.Ordinal);
        Assert.Contains("State=Declined", line.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", host.Log.Text, StringComparison.Ordinal);
    }
}
