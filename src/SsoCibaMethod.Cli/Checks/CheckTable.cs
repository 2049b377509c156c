using System.Globalization;
using Spectre.Console;

namespace SsoCibaMethod.Cli.Checks;

/// <summary>The results for people: a block a method, a row a finding, and below what is wrong how to mend it.</summary>
internal sealed class CheckTable(IAnsiConsole console)
{
    public void Write(IReadOnlyList<CheckResult> results)
    {
        // What all methods share stands around them.
        foreach (var block in Blocks(results))
        {
            console.WriteLine();
            if (block[0].Method is { } method)
            {
                console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{method}[/]");
            }

            console.Write(new Padder(Table(block), new Padding(2, 0, 0, 0)));
        }

        console.WriteLine();
        console.MarkupLine(Summary(results));
    }

    private static IEnumerable<List<CheckResult>> Blocks(IReadOnlyList<CheckResult> results)
    {
        List<CheckResult> block = [];
        foreach (var result in results)
        {
            if (block.Count > 0 && block[^1].Method != result.Method)
            {
                yield return block;
                block = [];
            }

            block.Add(result);
        }

        yield return block;
    }

    private static Table Table(List<CheckResult> block)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        _ = table.AddColumn(new TableColumn("").NoWrap().Width(7).PadLeft(0).PadRight(2))
            .AddColumn(new TableColumn("").NoWrap().Width(9).PadLeft(0).PadRight(2))
            .AddColumn(new TableColumn("").PadLeft(0).PadRight(0));
        foreach (var result in block)
        {
            var name = result.Check;
            foreach (var finding in result.Findings)
            {
                _ = table.AddRow(new Markup(Word(finding.Outcome)), new Markup(name), new Markup(Text(finding)));
                name = "";
            }
        }

        return table;
    }

    private static string Word(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Ok => "[green]ok[/]",
        CheckOutcome.Skipped => "[grey]skipped[/]",
        CheckOutcome.Warning => "[yellow]warning[/]",
        CheckOutcome.Error => "[red]ERROR[/]",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Text(Finding finding) => finding.Cure is { } cure
        ? $"{Markup.Escape(finding.Seen)}\n[bold]→[/] {Markup.Escape(cure)}"
        : finding.Outcome == CheckOutcome.Skipped ? $"[grey]{Markup.Escape(finding.Seen)}[/]" : Markup.Escape(finding.Seen);

    private static string Summary(IReadOnlyList<CheckResult> results)
    {
        var findings = results.SelectMany(result => result.Findings).ToList();
        var (errors, warnings) = (findings.Count(finding => finding.Outcome == CheckOutcome.Error), findings.Count(finding => finding.Outcome == CheckOutcome.Warning));
        return (errors, warnings) switch
        {
            (0, 0) => "[green]Nothing to mend.[/]",
            (0, _) => $"[yellow]{MetadataCheck.Count(warnings, "warning")}.[/]",
            (_, 0) => $"[red]{MetadataCheck.Count(errors, "error")}.[/]",
            _ => $"[red]{MetadataCheck.Count(errors, "error")}[/], [yellow]{MetadataCheck.Count(warnings, "warning")}[/].",
        };
    }
}
