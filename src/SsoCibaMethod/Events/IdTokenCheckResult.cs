namespace SsoCibaMethod;

/// <summary>What an <see cref="IIdTokenCheck"/> finds: one of a closed set of cases.</summary>
public abstract record IdTokenCheckResult
{
    private IdTokenCheckResult()
    {
    }

    /// <summary>Nothing speaks against the token.</summary>
    public sealed record Accepted : IdTokenCheckResult;

    /// <summary>The token must not sign anybody in. The user reads the text <c>LOGIN_REFUSED</c> and a reference.</summary>
    /// <param name="Reason">Why, for the log and the operator; put nothing personal into it.</param>
    public sealed record Refused(string Reason) : IdTokenCheckResult;
}
