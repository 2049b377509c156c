namespace SsoCibaMethod.Cli.Checks;

/// <summary>How a check ended, from harmless to harmful: the worst finding decides.</summary>
internal enum CheckOutcome
{
    Ok,

    /// <summary>Not looked at, because it could not be, or because an earlier check failed.</summary>
    Skipped,

    /// <summary>Logins work, though not as well as they could, or not for long.</summary>
    Warning,

    /// <summary>Logins fail, or soon will for everybody.</summary>
    Error,
}
