using SsoCibaMethod.Cli.Checks;

namespace SsoCibaMethod.Cli.Tests.Checks;

/// <summary>What a check saw, as it is shown.</summary>
public class FindingTests
{
    [Theory]
    [InlineData("a\u001b[31mred", "a [31mred")]
    [InlineData("two\r\nlines", "two  lines")]
    [InlineData("turned\u202Eround", "turned round")]
    [InlineData("a\u2028line", "a line")]
    public void Words_from_outside_move_no_cursor_and_break_no_line(string told, string shown) =>
        Assert.Equal((shown, shown), (Finding.Warning(told, told).Seen, Finding.Warning(told, told).Cure));

    [Fact]
    public void Nor_are_they_longer_than_anybody_reads() => Assert.Equal(1_001, Finding.Error(new string('x', 100_000), cure: null).Seen.Length);

    [Theory]
    [InlineData("A fault; do this.", "A fault.", "Do this.")]
    [InlineData("One; two; do this.", "One; two.", "Do this.")]
    [InlineData("A fault.", "A fault.", null)]
    public void A_fault_is_told_apart_from_its_cure(string fault, string seen, string? cure) =>
        Assert.Equal((seen, cure), (Finding.OfFault(fault).Seen, Finding.OfFault(fault).Cure));

    [Theory]
    [InlineData(0, 0, "Nothing to mend.")]
    [InlineData(0, 1, "1 warning.")]
    [InlineData(2, 0, "2 errors.")]
    [InlineData(1, 2, "1 error, 2 warnings.")]
    public void The_table_ends_with_their_number(int errors, int warnings, string summary)
    {
        CheckResult result = new("Bank", "settings", [
            Finding.Ok("seen"), Finding.Skipped("not seen"),
            .. Enumerable.Repeat(Finding.Error("wrong", "Mend it."), errors), .. Enumerable.Repeat(Finding.Warning("odd", "Look."), warnings)]);
        using var output = new StringWriter();

        ReportConsole.Write(output, report => new CheckTable(report).Write([result]));

        Assert.EndsWith(summary, output.ToString().TrimEnd(), StringComparison.Ordinal);
    }
}
