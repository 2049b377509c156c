using SsoCibaMethod.Cli.Checks;

namespace SsoCibaMethod.Cli.Tests.Checks;

/// <summary>Which directories are checked: those that are named, else what a host would find.</summary>
public class CheckedFoldersTests(SimulatedOp op) : IClassFixture<SimulatedOp>
{
    [Fact]
    public void The_file_itself_may_be_named_and_a_directory_with_a_final_slash()
    {
        using var config = new CheckedConfig("{}");

        Assert.All(
            [config.Config, config.Config + Path.DirectorySeparatorChar, Path.Combine(config.Config, "ciba.json")],
            named => Assert.Equal(config.Config, CheckedFolders.Find(named, resources: null).Config));
    }

    [Fact]
    public void Where_none_is_named_the_first_from_here_upwards_is_taken() =>
        Assert.True(File.Exists(Path.Combine(CheckedFolders.Find(config: null, resources: null).Config, "ciba.json")));

    [Fact]
    public async Task Without_a_directory_of_texts_those_built_in_count()
    {
        using var config = CheckedConfig.Of(op.TerminalSettings);
        Directory.Delete(config.Resources, recursive: true);

        var texts = (await config.CheckAsync())["texts"];

        Assert.Equal("ok", texts.Outcome);
        Assert.Contains("the texts built in are used", texts.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_of_texts_may_be_named()
    {
        using var config = CheckedConfig.Of(op.TerminalSettings);
        using var other = CheckedConfig.Of(op.TerminalSettings);
        other.WriteTexts("messages.fi.json", "{");

        var run = await config.RunAsync($"--resources {other.Resources}");

        Assert.Equal(ExitCodes.Faults, run.Code);
        Assert.Contains("messages.fi.json", run.Output, StringComparison.Ordinal);
    }
}
