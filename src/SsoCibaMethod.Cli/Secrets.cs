namespace SsoCibaMethod.Cli;

/// <summary>Reads what must not stand on a command line: from a file, or from the environment.</summary>
internal sealed class Secrets(Func<string, string?> environment)
{
    /// <summary>The text of a file, without the line end that editors add.</summary>
    public static string Read(string option, string path)
    {
        try
        {
            var text = File.ReadAllText(path).Trim();
            return text.Length > 0 ? text : throw new SettingsException($"{option}: the file {path} is empty.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{option}: the file {path} cannot be read: {exception.Message}");
        }
    }

    public string? Find(string variable) => environment(variable) is { Length: > 0 } value ? value : null;
}
