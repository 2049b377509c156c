namespace SsoCibaMethod;

/// <summary>When the log and the metrics tell of a burst that looks like an attack: once for each burst, and nothing else happens. Each node counts what it sees itself.</summary>
public sealed class CibaSecurityEventOptions
{
    /// <summary>
    /// How many requests to one user that were declined within <see cref="Window"/> are a burst; 3 by default, 0: none. Somebody else may be sending them, until the user gives in
    /// (push bombing). Counted only where <see cref="CibaStartLimitOptions.Enabled"/> is on.
    /// </summary>
    public int DeclinesPerHint { get; set; } = 3;

    /// <summary>How many declines of all users of the method together within <see cref="Window"/> are a burst; 30 by default, 0: none.</summary>
    public int DeclinesPerMethod { get; set; } = 30;

    /// <summary>How many logins of users the OP does not know within <see cref="Window"/> are a burst; 100 by default, 0: none. Somebody may be trying names.</summary>
    public int UnknownUsersPerMethod { get; set; } = 100;

    /// <summary>The time the numbers are for; 10 minutes by default, an hour at most.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(10);
}
