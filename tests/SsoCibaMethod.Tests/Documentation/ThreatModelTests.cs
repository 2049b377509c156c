using System.Text.RegularExpressions;

namespace SsoCibaMethod.Tests.Documentation;

/// <summary>SECURITY.md has each threat once, and says by which test each measure is held, or that none holds it.</summary>
public partial class ThreatModelTests
{
    // The numbers in between were never given.
    private static readonly int[] Numbers = [.. From(1, 7), .. From(10, 19), 24, 25, .. From(27, 36), .. From(40, 43), .. From(50, 54)];

    private static readonly string[][] Rows = [.. Repository.Read("SECURITY.md").Split('\n').Where(line => Row().IsMatch(line))
        .Select(line => line.Trim('|', ' ').Split('|').Select(cell => cell.Trim()).ToArray())];

    [Fact]
    public void Each_threat_is_there_once_and_in_order() => Assert.Equal(Numbers.Select(number => $"S-{number}"), Rows.Select(row => row[0]));

    [Fact]
    public void Each_says_what_it_is_how_far_it_is_met_and_where() => Assert.All(Rows, row =>
    {
        Assert.Equal(5, row.Length);
        Assert.Contains(row[2], new[] { "done", "in part", "yours" });
        Assert.All(row, cell => Assert.NotEqual("", cell));
    });

    [Fact]
    public void Each_measure_is_held_by_tests_that_exist() => Assert.All(Rows, row =>
    {
        var tests = Test().Matches(row[4]).Select(test => test.Value).ToList();
        Assert.All(tests, test => Assert.True(Sources.HasTest(test), $"{row[0]}: there is no test {test}."));
        Assert.True(tests.Count > 0 || (row[2] == "yours" && row[4] == "not tested"), row[0]);
    });

    [Fact]
    public void What_is_not_done_has_its_reason()
    {
        var reasons = Repository.Read("SECURITY.md").Split("## What is left")[1];

        Assert.All(Rows.Where(row => row[2] != "done"), row => Assert.Matches($@"\*\*[^*]*\b{row[0]}\b[^*]*\*\*", reasons));
    }

    private static IEnumerable<int> From(int first, int last) => Enumerable.Range(first, last - first + 1);

    [GeneratedRegex(@"^\| S-\d+ \|", RegexOptions.None, 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"(?<=`)\w+Tests\.\w+(?=`)", RegexOptions.None, 1000)]
    private static partial Regex Test();
}
