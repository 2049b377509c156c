using Spectre.Console;

namespace SsoCibaMethod.Cli.Checks;

/// <summary>Where the table goes: colours for a terminal alone (and none with NO_COLOR), lines that stay whole for everything else.</summary>
internal static class ReportConsole
{
    public static IAnsiConsole Create(TextWriter output)
    {
        var isTerminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        if (!isTerminal)
        {
            console.Profile.Width = short.MaxValue;
        }

        return console;
    }
}
