using System.CommandLine;
using Spectre.Console;

namespace SsoCibaMethod.Cli.Texts;

/// <summary><c>ciba texts</c>: writes out the files that an administrator edits. What is there already stays, unless told otherwise.</summary>
internal static class TextsCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var options = new TextsOptions();
        var command = new Command("texts", "Writes out the texts of the login page, to be edited: a file a language, their JSON schema and a README.") { options.Folder, options.Overwrite };
        command.SetAction(line => Run(line.GetRequiredValue(options.Folder), line.GetValue(options.Overwrite), console, line.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(string folder, bool overwrite, IAnsiConsole console, TextWriter output)
    {
        try
        {
            var directory = Directory.CreateDirectory(folder).FullName;
            foreach (var name in BuiltInTexts.Names)
            {
                output.WriteLine(Write(Path.Combine(directory, name), BuiltInTexts.Content(name), overwrite));
            }

            return ExitCodes.Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            console.MarkupLineInterpolated(System.Globalization.CultureInfo.InvariantCulture, $"[red]{exception.Message}[/]");
            return ExitCodes.Settings;
        }
    }

    private static string Write(string path, byte[] content, bool overwrite)
    {
        var isThere = File.Exists(path);
        if (isThere && File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            return $"same      {path}";
        }

        if (isThere && !overwrite)
        {
            return $"kept      {path} (it differs; --overwrite replaces it)";
        }

        // Whole or not at all: a host may be reading it.
        var whole = path + ".new";
        File.WriteAllBytes(whole, content);
        File.Move(whole, path, overwrite: true);
        return isThere ? $"replaced  {path}" : $"written   {path}";
    }
}

/// <summary>The options of <c>ciba texts</c>.</summary>
internal sealed class TextsOptions
{
    public Argument<string> Folder { get; } = new("folder") { Description = "Where the files go, for example resources; it is made if it is not there." };

    public Option<bool> Overwrite { get; } = new("--overwrite") { Description = "Replaces files that differ, and what was edited in them." };

    public IEnumerable<Option> All => [Overwrite];
}
