namespace SsoCibaMethod.Client;

/// <summary>What came of one token request, a poll: one of a closed set of cases (CIBA Core §10.1, §11).</summary>
public abstract record TokenResponse
{
    private TokenResponse()
    {
    }

    /// <summary>
    /// How long the OP took to answer: neither connecting counts nor half a second or more in which this process stood still. Zero where no answer came.
    /// What <see cref="PollSchedule"/> calls the sending is this long before the receipt.
    /// </summary>
    public TimeSpan HeldFor { get; internal init; }

    /// <summary>Names the case only: what it carries is confidential.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>The user approved; the tokens are not validated yet (CIBA Core §10.1.1).</summary>
    /// <param name="Tokens">The tokens as they came.</param>
    public sealed record Granted(TokenSet Tokens) : TokenResponse;

    /// <summary><c>authorization_pending</c>: ask again after the interval.</summary>
    /// <param name="RetryAfter">The OP's <c>Retry-After</c>, where it sent one.</param>
    public sealed record Pending(TimeSpan? RetryAfter = null) : TokenResponse;

    /// <summary><c>slow_down</c>: pending, and the interval grows by at least 5 seconds for good (CIBA Core §11).</summary>
    /// <param name="RetryAfter">The OP's <c>Retry-After</c>, where it sent one.</param>
    public sealed record SlowDown(TimeSpan? RetryAfter = null) : TokenResponse;

    /// <summary>Any other error: the end of this <c>auth_req_id</c> (CIBA Core §11).</summary>
    /// <param name="Error">The error.</param>
    public sealed record Refused(CibaError Error) : TokenResponse;

    /// <summary>The answer breaks a rule of the protocol; the <c>auth_req_id</c> may be spent.</summary>
    /// <param name="Fault">What is wrong, for a log.</param>
    public sealed record ProtocolFault(string Fault) : TokenResponse;

    /// <summary>No usable answer this time; asking again after the interval is the retry (CIBA Core §10.1).</summary>
    /// <param name="Cause">What happened, for a log.</param>
    /// <param name="RetryAfter">The OP's <c>Retry-After</c>, where it sent one.</param>
    /// <param name="MayHaveBeenReceived">Whether the OP may have received the request, and so may have spent the <c>auth_req_id</c>.</param>
    public sealed record Unavailable(string Cause, TimeSpan? RetryAfter = null, bool MayHaveBeenReceived = false) : TokenResponse;
}
