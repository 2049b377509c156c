using System.Globalization;
using Spectre.Console;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Cli;

/// <summary>What a person sees while waiting, all of it on standard error: standard output is for what was asked for.</summary>
internal sealed class LoginScreen(IAnsiConsole console, bool isQuiet, TimeProvider time) : IProgress<CibaProgress>
{
    /// <summary>Shows, where somebody looks, that something is under way.</summary>
    public Task<T> WhileAsync<T>(Func<Task<T>> work) =>
        isQuiet || !console.Profile.Capabilities.Interactive ? work() : console.Status().StartAsync("Waiting for the phone…", _ => work());

    public void Report(CibaProgress value)
    {
        if (isQuiet)
        {
            return;
        }

        switch (value)
        {
            case CibaProgress.Acknowledged acknowledged:
                var left = acknowledged.Deadline - time.GetUtcNow();
                console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Compare the code and approve on the phone: [bold]{acknowledged.BindingMessage ?? ""}[/]");
                console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[dim]It ends in {(int)Math.Max(0, left.TotalSeconds)} seconds. Ctrl+C stops the waiting; the phone may still ask.[/]");
                break;
            case CibaProgress.Polled:
                // Nothing has changed; the spinner shows that the wait goes on.
                break;
            case CibaProgress.SlowedDown slower:
                console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[dim]The OP wants to be asked less often: each {(int)slower.Interval.TotalSeconds} seconds from now on.[/]");
                break;
            case CibaProgress.Trouble trouble:
                console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[yellow]No usable answer this time:[/] {trouble.Cause}. The wait goes on.");
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Says how it ended; said in quiet mode too where it is no success.</summary>
    public void Tell(CibaAuthenticationResult result)
    {
        if (result is CibaAuthenticationResult.Approved approved)
        {
            if (!isQuiet)
            {
                console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[green]Approved.[/] The ID token is valid: {approved.Subject} at {approved.Issuer}.");
            }

            return;
        }

        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]{Heading(result)}[/] {Cause(result)}");
    }

    public void TellFault(string message) => console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]{message}[/]");

    /// <summary>Asks for the user code without showing it; <see langword="null"/> where nobody can be asked.</summary>
    public string? AskUserCode() => console.Profile.Capabilities.Interactive && !isQuiet
        ? console.Prompt(new TextPrompt<string>("The OP asks for your user code:").Secret(mask: null))
        : null;

    private static string Heading(CibaAuthenticationResult result) => result switch
    {
        CibaAuthenticationResult.Declined => "Declined.",
        CibaAuthenticationResult.Expired => "Expired: nobody decided in time.",
        CibaAuthenticationResult.Refused => "The OP refused the request.",
        CibaAuthenticationResult.Failed => "Failed: the answer cannot be trusted.",
        CibaAuthenticationResult.Unavailable => "The OP cannot be reached.",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Cause(CibaAuthenticationResult result) => result switch
    {
        CibaAuthenticationResult.Declined declined => declined.Error.ToString(),
        CibaAuthenticationResult.Refused refused => refused.Error.ToString(),
        CibaAuthenticationResult.Failed failed => failed.Cause,
        CibaAuthenticationResult.Unavailable unavailable => unavailable.Cause,
        _ => "",
    };
}
