namespace SsoCibaMethod.Cli;

/// <summary>What was given on the command line cannot be used; the message names the option and the cure.</summary>
internal sealed class SettingsException(string message) : Exception(message);
