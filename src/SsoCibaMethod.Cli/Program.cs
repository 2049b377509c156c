using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Spectre.Console;
using SsoCibaMethod.Cli;
using SsoCibaMethod.Cli.Checks;
using SsoCibaMethod.Cli.Texts;

var console = AnsiConsole.Create(new AnsiConsoleSettings
{
    Ansi = Console.IsErrorRedirected ? AnsiSupport.No : AnsiSupport.Detect,
    Interactive = Console.IsInputRedirected || Console.IsErrorRedirected ? InteractionSupport.No : InteractionSupport.Detect,
    Out = new AnsiConsoleOutput(Console.Error),
});
if (Console.IsErrorRedirected)
{
    // A log keeps its lines whole.
    console.Profile.Width = short.MaxValue;
}

var root = new RootCommand("Signs one user in by CIBA from a terminal; checks the settings of those who do it in a browser.")
{
    LoginCommand.Create(console, new Secrets(Environment.GetEnvironmentVariable), TimeProvider.System),
    CheckCommand.Create(console, configuration => configuration.AddEnvironmentVariables(), TimeProvider.System),
    TextsCommand.Create(console),
};
return await root.Parse(args).InvokeAsync();
