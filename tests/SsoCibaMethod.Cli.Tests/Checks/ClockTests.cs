namespace SsoCibaMethod.Cli.Tests.Checks;

/// <summary>Clocks that differ: assertions are refused there, or ID tokens here.</summary>
public class ClockTests(SimulatedOp op) : IClassFixture<SimulatedOp>
{
    [Theory]
    [InlineData(-5, "ok")]
    [InlineData(-30, "warning")]
    [InlineData(30, "warning")]
    [InlineData(-90, "error")]
    public async Task Clocks_that_differ_are_a_warning_and_beyond_ClockSkew_an_error(int seconds, string outcome)
    {
        using var config = CheckedConfig.Of(op.TerminalSettings);

        var clock = (await config.CheckAsync(new ShiftedTime(TimeSpan.FromSeconds(seconds))))["clock"];

        Assert.Equal(outcome, clock.Outcome);
    }
}
