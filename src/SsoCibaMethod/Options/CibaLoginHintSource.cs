namespace SsoCibaMethod;

/// <summary>Where the login hint comes from.</summary>
public enum CibaLoginHintSource
{
    /// <summary>The user types it: an unregistered method. Whoever approves is signed in.</summary>
    Typed,

    /// <summary>
    /// It belongs to a user who is signed in already: a registered method, which confirms that user and never signs in another. The ticket holds the local user,
    /// with <c>acr</c>, <c>amr</c> and <c>auth_time</c> of the approval.
    /// </summary>
    Claim,
}
