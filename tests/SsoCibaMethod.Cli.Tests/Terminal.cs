using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Spectre.Console;
using SsoCibaMethod.Cli.Checks;
using SsoCibaMethod.Cli.Texts;

namespace SsoCibaMethod.Cli.Tests;

/// <summary>Runs <c>ciba</c> in this process, as a script would: nobody there to be asked, unless somebody types; both outputs caught.</summary>
internal static class Terminal
{
    public static async Task<Run> RunAsync(
        string arguments, IReadOnlyDictionary<string, string>? environment = null, TimeProvider? time = null, string? typed = null, CancellationToken cancellationToken = default)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            Interactive = typed is null ? InteractionSupport.No : InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(error),
        });
        console.Profile.Width = short.MaxValue;
        if (typed is not null)
        {
            console = new AttendedConsole(console, typed);
        }

        var settings = (environment ?? new Dictionary<string, string>()).Select(variable => KeyValuePair.Create(variable.Key.Replace("__", ":", StringComparison.Ordinal), (string?)variable.Value));
        var root = new RootCommand
        {
            LoginCommand.Create(console, new Secrets(name => environment?.GetValueOrDefault(name)), TimeProvider.System),
            CheckCommand.Create(console, configuration => configuration.AddInMemoryCollection(settings), time ?? TimeProvider.System),
            TextsCommand.Create(console),
        };
        var code = await root.Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, cancellationToken);
        return new Run(code, output.ToString(), error.ToString());
    }

    public sealed record Run(int Code, string Output, string Error);
}
