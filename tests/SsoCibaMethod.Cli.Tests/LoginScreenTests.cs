using Spectre.Console;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Cli.Tests;

/// <summary>What a person at the terminal is told while waiting, and what stays unsaid in quiet mode.</summary>
public sealed class LoginScreenTests : IDisposable
{
    private readonly StringWriter _error = new();

    public static TheoryData<CibaProgress, string> News => new()
    {
        { new CibaProgress.Polled(), "" },
        { new CibaProgress.SlowedDown(TimeSpan.FromSeconds(10)), "each 10 seconds from now on" },
        { new CibaProgress.Trouble("HTTP 503"), "HTTP 503. The wait goes on." },
    };

    [Theory]
    [MemberData(nameof(News))]
    public void What_changes_is_told_and_nothing_of_it_in_quiet_mode(CibaProgress progress, string said)
    {
        Screen(isQuiet: true).Report(progress);
        Assert.Equal("", _error.ToString());

        Screen(isQuiet: false).Report(progress);
        Assert.Contains(said, _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(said.Length == 0, _error.ToString().Length == 0);
    }

    [Fact]
    public void How_it_failed_is_told_in_quiet_mode_too()
    {
        Screen(isQuiet: true).Tell(new CibaAuthenticationResult.Unavailable("no connection"));

        Assert.Contains("The OP cannot be reached. no connection", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Words_of_the_OP_are_no_markup()
    {
        Screen(isQuiet: false).Report(new CibaProgress.Trouble("[bold]odd[/]"));

        Assert.Contains("[bold]odd[/]", _error.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _error.Dispose();

    private LoginScreen Screen(bool isQuiet)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(_error) });
        console.Profile.Width = short.MaxValue;
        return new LoginScreen(console, isQuiet, TimeProvider.System);
    }
}
