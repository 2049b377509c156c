using Spectre.Console;

namespace SsoCibaMethod.Cli.Checks;

/// <summary>Where the table goes: colours for a terminal alone (and none with NO_COLOR), lines that stay whole for everything else.</summary>
internal static class ReportConsole
{
    public static void Write(TextWriter output, Action<IAnsiConsole> report)
    {
        if (ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected)
        {
            report(Create(output, AnsiSupport.Detect));
            return;
        }

        using var text = new StringWriter();
        var console = Create(text, AnsiSupport.No);
        console.Profile.Width = short.MaxValue;
        report(console);

        // What fills a table's cells is of no use to a file.
        output.Write(string.Join(output.NewLine, text.ToString().Split(text.NewLine).Select(line => line.TrimEnd())));
    }

    // Where to write and how is decided here, not by what the environment looks like.
    private static IAnsiConsole Create(TextWriter output, AnsiSupport ansi) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = ansi,
        Interactive = InteractionSupport.No,
        Out = new AnsiConsoleOutput(output),
        Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
    });
}
