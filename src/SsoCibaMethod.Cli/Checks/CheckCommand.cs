using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Spectre.Console;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod.Cli.Checks;

/// <summary><c>ciba check</c>: reads a <c>config/</c> directory as the host does, and tells what is wrong before a user finds out.</summary>
internal static class CheckCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="console">Where a person looks meanwhile: standard error.</param>
    /// <param name="environment">Adds what wins over the file: in a host, the environment.</param>
    /// <param name="time">The clock.</param>
    public static Command Create(IAnsiConsole console, Action<IConfigurationBuilder> environment, TimeProvider time)
    {
        var options = new CheckOptions();
        var command = new Command("check", "Tells, method by method, what is wrong with a config/ directory and how to mend it. No user is bothered.") { options.Config };
        foreach (var option in options.All)
        {
            command.Add(option);
        }

        command.SetAction((line, cancellationToken) => RunAsync(options, line, console, environment, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        CheckOptions options, ParseResult line, IAnsiConsole console, Action<IConfigurationBuilder> environment, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var folders = CheckedFolders.Find(line.GetValue(options.Config), line.GetValue(options.Resources));
            var results = await WhileAsync(console, () => CheckAsync(folders, line.GetValue(options.Method) ?? [], environment, time, cancellationToken));
            var output = line.InvocationConfiguration.Output;
            if (line.GetValue(options.Json))
            {
                await output.WriteLineAsync(CheckJson.Write(results));
            }
            else
            {
                ReportConsole.Write(output, report => new CheckTable(report).Write(results));
            }

            return CodeOf(results, line.GetValue(options.Strict));
        }
        catch (SettingsException exception)
        {
            console.MarkupLineInterpolated(System.Globalization.CultureInfo.InvariantCulture, $"[red]{exception.Message}[/]");
            return ExitCodes.Settings;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Cancelled;
        }
    }

    private static Task<T> WhileAsync<T>(IAnsiConsole console, Func<Task<T>> work) =>
        console.Profile.Capabilities.Interactive ? console.Status().StartAsync("Asking the OPs…", _ => work()) : work();

    private static async Task<IReadOnlyList<CheckResult>> CheckAsync(
        CheckedFolders folders, string[] wanted, Action<IConfigurationBuilder> environment, TimeProvider time, CancellationToken cancellationToken)
    {
        ConfiguredMethods read;
        try
        {
            read = ConfiguredMethods.Read(folders, environment, time);
        }
        catch (InvalidDataException exception)
        {
            return [FileCheck.Unreadable(exception), new CheckResult(null, TextsCheck.Id, [Finding.Skipped($"needs {FileCheck.Id}, see there")])];
        }

        using var methods = read;
        var all = methods.All;
        var unknown = wanted.FirstOrDefault(name => all.All(method => method.Scheme != name));
        if (unknown is not null)
        {
            throw new SettingsException($"--method: there is no method {unknown}; there is {string.Join(", ", all.Select(method => method.Scheme).DefaultIfEmpty("none"))}.");
        }

        // One slow OP keeps nobody waiting for the others.
        var each = await Task.WhenAll(all.Where(method => wanted.Length == 0 || wanted.Contains(method.Scheme)).Select(method => CheckAsync(method, methods, cancellationToken)));
        return [FileCheck.Of(methods), .. each.SelectMany(results => results), TextsCheck.Of(methods)];
    }

    private static async Task<IReadOnlyList<CheckResult>> CheckAsync(CibaMethod method, ConfiguredMethods methods, CancellationToken cancellationToken)
    {
        using var checkedMethod = new CheckedMethod(method, methods.Places, methods.Time);
        return await MethodChecks.RunAsync(checkedMethod, cancellationToken);
    }

    private static int CodeOf(IReadOnlyList<CheckResult> results, bool isStrict) => results.Max(result => result.Outcome) switch
    {
        CheckOutcome.Error => ExitCodes.Faults,
        CheckOutcome.Warning when isStrict => ExitCodes.Warnings,
        _ => ExitCodes.Done,
    };
}
