namespace SsoCibaMethod;

/// <summary>Limits on starting logins: a public page must be no means to make phones ring, nor to try names.</summary>
public sealed class CibaStartLimitOptions
{
    /// <summary>Whether starts are limited; <see langword="true"/> by default.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// How many logins may be started with one hint within <see cref="Window"/>, and how many may wait at a time, each with its own code; 3 by default. With 1 a stranger could
    /// lock a user out.
    /// </summary>
    public int PerHint { get; set; } = 3;

    /// <summary>How many logins may be started from one network address within <see cref="Window"/>; 10 by default. Shared addresses may need more. A browser is not counted here where <see cref="PerBrowser"/> counts it.</summary>
    public int PerAddress { get; set; } = 10;

    /// <summary>
    /// How many a browser may start within <see cref="Window"/> with a hint it has signed in with before; 5 by default. What strangers do with the hint does not count against it.
    /// </summary>
    public int PerBrowser { get; set; } = 5;

    /// <summary>The time the three numbers are for; 5 minutes by default, an hour at most.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a hint must wait once its number is reached, or after a request was declined; 1 minute by default. It doubles with each further start or decline, up to <see cref="Window"/>.
    /// Zero: nothing waits after a decline, and a hint whose number is reached waits for the window.
    /// </summary>
    public TimeSpan Cooldown { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many wrong user codes one login may have; 3 by default. The OP's own limit counts beside it.</summary>
    public int UserCodes { get; set; } = 3;
}
