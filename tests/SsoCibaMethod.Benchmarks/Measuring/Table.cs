using System.Globalization;

namespace SsoCibaMethod.Benchmarks.Measuring;

/// <summary>What a benchmark finds, as a Markdown table, written line by line as it is found.</summary>
internal sealed class Table
{
    public Table()
    {
        Line("figure", "ours", "against", "ratio (min–max)", "target");
        Line("---", "---:", "---:", "---:", "---");
    }

    /// <summary>Adds a figure with what it is held against, round by round; for information where there is no target.</summary>
    public void Add(string figure, string unit, Series ours, Series against, double? target = null)
    {
        var ratio = ours.Against(against);
        var verdict = target is { } most ? $"≤ {most.ToString("0.00", CultureInfo.InvariantCulture)} × {Verdict(ratio.Median <= most)}" : "";
        Line(figure, Number(ours.Median, unit), Number(against.Median, unit), Ratio(ratio), verdict);
    }

    /// <summary>Adds a figure with a limit of its own.</summary>
    public void Add(string figure, string unit, double ours, double target) =>
        Line(figure, Number(ours, unit), "", "", $"≤ {Number(target, unit)} {Verdict(ours <= target)}");

    /// <summary>Adds a figure that stands for itself.</summary>
    public void Add(string figure, string unit, double ours) => Line(figure, Number(ours, unit), "", "", "");

    private static string Ratio(Series ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio.Median:0.00} ({ratio.Least:0.00}–{ratio.Most:0.00})");

    private static string Number(double value, string unit)
    {
        var digits = Math.Abs(value) >= 100 || value == Math.Floor(value) ? "#,0" : Math.Abs(value) >= 10 ? "0.0" : "0.00";
        return $"{value.ToString(digits, CultureInfo.InvariantCulture)} {unit}".TrimEnd();
    }

    private static string Verdict(bool isMet) => isMet ? "✓" : "✗";

    private static void Line(params string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
}
