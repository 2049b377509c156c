using System.CommandLine;
using Spectre.Console;
using SsoCibaMethod.Cli;

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

var root = new RootCommand("Signs one user in by CIBA from a terminal.")
{
    LoginCommand.Create(console, new Secrets(Environment.GetEnvironmentVariable), TimeProvider.System),
};
return await root.Parse(args).InvokeAsync();
