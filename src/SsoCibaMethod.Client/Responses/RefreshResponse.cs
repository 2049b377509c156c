namespace SsoCibaMethod.Client;

/// <summary>What came of refreshing tokens: one of a closed set of cases (OpenID Connect Core §12).</summary>
public abstract record RefreshResponse
{
    private RefreshResponse()
    {
    }

    /// <summary>Names the case only: what it carries is confidential.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>
    /// New tokens. What the OP did not send anew is as it was: the ID token often, the refresh token where the OP does not rotate it (RFC 6749 §6).
    /// </summary>
    /// <param name="Tokens">The tokens to use from now on, all of them: the refresh token sent may be worthless now.</param>
    public sealed record Refreshed(TokenSet Tokens) : RefreshResponse;

    /// <summary>The OP refused; <see cref="CibaErrorCode.InvalidGrant"/> means that the refresh token has expired, was used or was revoked.</summary>
    /// <param name="Error">The error.</param>
    public sealed record Refused(CibaError Error) : RefreshResponse;

    /// <summary>The answer, its ID token or the OP's metadata breaks a rule of the protocol; no token of it may be used.</summary>
    /// <param name="Fault">What is wrong, for a log.</param>
    public sealed record ProtocolFault(string Fault) : RefreshResponse;

    /// <summary>New tokens with an ID token that could not be validated, since the OP's keys could not be had.</summary>
    /// <param name="Tokens">The tokens with the ID token as it was; the refresh token is worth keeping, since the one sent may be worthless now.</param>
    /// <param name="Cause">What happened, for a log.</param>
    public sealed record Undecided(TokenSet Tokens, string Cause) : RefreshResponse;

    /// <summary>No usable answer: no connection, time ran out, or the OP is in trouble.</summary>
    /// <param name="Cause">What happened, for a log.</param>
    /// <param name="MayHaveBeenReceived">Whether the OP may have received the request, and so may have rotated the refresh token.</param>
    public sealed record Unavailable(string Cause, bool MayHaveBeenReceived = false) : RefreshResponse;
}
