using Xunit.Abstractions;

namespace SsoCibaMethod.Tests.Scale;

/// <summary>A thousand nodes with all their troubles on a virtual clock: what docs/scale.md promises.</summary>
public class ScaleTests(ITestOutputHelper output)
{
    private static readonly ScaleSettings Small = new() { Nodes = 40, Logins = 3_000, Duration = TimeSpan.FromMinutes(6) };

    [Fact]
    public void A_thousand_nodes_keep_the_rules()
    {
        var report = Play(new ScaleSettings());
        Assert.Equal(0, report.BrokenCount);
    }

    private ScaleReport Play(ScaleSettings settings)
    {
        var report = new ScaleSimulation(settings).Run();
        output.WriteLine($"seed {settings.Seed}");
        foreach (var line in report.Lines())
        {
            output.WriteLine(line);
        }

        return report;
    }

    [Fact]
    public void Small_one() => Assert.Equal(0, Play(Small).BrokenCount);
}
