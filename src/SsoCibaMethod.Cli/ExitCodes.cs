namespace SsoCibaMethod.Cli;

/// <summary>What <c>ciba</c> tells the shell. Scripts rely on the numbers: they are never given another meaning.</summary>
internal static class ExitCodes
{
    /// <summary>The user approved, and the ID token is valid.</summary>
    public const int Approved = 0;

    /// <summary>What was to be done is done: <c>check</c> found no error, <c>texts</c> has written the files.</summary>
    public const int Done = Approved;

    /// <summary>The command line cannot be understood.</summary>
    public const int Usage = 1;

    /// <summary>A file, an address or a setting is wrong; nobody was asked.</summary>
    public const int Settings = 2;

    /// <summary>The user declined, or the OP did so for them.</summary>
    public const int Declined = 3;

    /// <summary>Nobody approved in time.</summary>
    public const int Expired = 4;

    /// <summary>The OP refused the request: the user is unknown, a code wrong, the client not allowed.</summary>
    public const int Refused = 5;

    /// <summary>What the OP answered breaks a rule, an ID token that is not valid before all.</summary>
    public const int Invalid = 6;

    /// <summary>The OP could not be reached, or has trouble.</summary>
    public const int Unavailable = 7;

    /// <summary>A check found an error.</summary>
    public const int Faults = 8;

    /// <summary>Checks found warnings and no error, and <c>--strict</c> lets warnings count.</summary>
    public const int Warnings = 9;

    /// <summary>Broken off by Ctrl+C; 128 + SIGINT, as shells have it.</summary>
    public const int Cancelled = 130;
}
