namespace SsoCibaMethod.Client;

/// <summary>What happens while an authentication waits for the user: one of a closed set of cases, for showing.</summary>
public abstract record CibaProgress
{
    private CibaProgress()
    {
    }

    /// <summary>Names the case only: what it carries is confidential.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>The OP asks the user now. Show the binding message: the user compares it with the one on the phone (CIBA Core §7.1).</summary>
    /// <param name="BindingMessage">The binding message of the request, if it had one.</param>
    /// <param name="Deadline">When it ends without a decision, by the wall clock.</param>
    /// <param name="Pending">The handle, for a program that wants to go on after a restart or gets the OP's notifications.</param>
    public sealed record Acknowledged(string? BindingMessage, DateTimeOffset Deadline, PendingAuthentication Pending) : CibaProgress;

    /// <summary>The OP was asked; the user has not decided yet.</summary>
    public sealed record Polled : CibaProgress;

    /// <summary>The OP wants to be asked less often from now on (CIBA Core §11). A program that keeps the handle should write it anew.</summary>
    /// <param name="Interval">The interval in force.</param>
    public sealed record SlowedDown(TimeSpan Interval) : CibaProgress;

    /// <summary>The OP gave no usable answer this time; the wait goes on.</summary>
    /// <param name="Cause">What happened, for a log.</param>
    public sealed record Trouble(string Cause) : CibaProgress;
}
