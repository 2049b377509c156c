using System.Text.Json;

namespace SsoCibaMethod.Simulator;

/// <summary>A backchannel authentication request as it stood at one moment.</summary>
public sealed record CibaSimulatorRequest
{
    /// <summary>Gets the <c>auth_req_id</c>.</summary>
    public required string AuthReqId { get; init; }

    /// <summary>Gets the client that asked.</summary>
    public required CibaSimulatorClient Client { get; init; }

    /// <summary>Gets the account that is asked.</summary>
    public required CibaSimulatorAccount Account { get; init; }

    /// <summary>Gets the kind of hint that named the account.</summary>
    public required CibaSimulatorHint Hint { get; init; }

    /// <summary>Gets the login hint as it was sent; where another kind of hint was, the first login hint of the account.</summary>
    public required string LoginHint { get; init; }

    /// <summary>Gets the binding message.</summary>
    public string? BindingMessage { get; init; }

    /// <summary>Gets the granted scope values.</summary>
    public required IReadOnlyList<string> Scope { get; init; }

    /// <summary>Gets the requested <c>acr_values</c> in order of preference.</summary>
    public required IReadOnlyList<string> AcrValues { get; init; }

    /// <summary>Gets the requested expiry in seconds.</summary>
    public int? RequestedExpiry { get; init; }

    /// <summary>Gets the resources the tokens are asked for (RFC 8707).</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>Gets the <c>authorization_details</c>, a JSON array; what the user approves is granted as it stands (RFC 9396).</summary>
    public JsonElement? AuthorizationDetails { get; init; }

    /// <summary>Gets the <c>request_context</c>, a JSON object (FAPI-CIBA).</summary>
    public JsonElement? RequestContext { get; init; }

    /// <summary>Gets a value indicating whether the request was signed (CIBA Core §7.1.1).</summary>
    public bool IsSigned { get; init; }

    /// <summary>Gets when the request arrived.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Gets when the <c>auth_req_id</c> expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Gets the interval that holds now, with what <c>slow_down</c> added.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>Gets the state.</summary>
    public required CibaSimulatorState State { get; init; }

    /// <summary>Gets how the polls of this request went.</summary>
    public required CibaSimulatorCounters Counters { get; init; }

    /// <summary>Gets the calls of the client's notification endpoint, oldest first.</summary>
    public IReadOnlyList<CibaSimulatorNotification> Notifications { get; init; } = [];

    /// <summary>Gets when the newest poll arrived.</summary>
    public DateTimeOffset? LastPolledAt { get; init; }
}

/// <summary>Where a request stands.</summary>
public enum CibaSimulatorState
{
    /// <summary>Nobody has decided.</summary>
    Pending,

    /// <summary>Approved; the client has not asked for the tokens yet.</summary>
    Approved,

    /// <summary>Declined by the user.</summary>
    Declined,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>The client has its tokens.</summary>
    Redeemed,

    /// <summary>The OP could not bring it to an end.</summary>
    Failed,
}

/// <summary>What can be decided about a pending request.</summary>
public enum CibaSimulatorDecision
{
    /// <summary>The user approves.</summary>
    Approve,

    /// <summary>The user declines.</summary>
    Decline,

    /// <summary>Its time is over at once. Unlike a time that runs out by itself, this is notified.</summary>
    Expire,

    /// <summary>The OP cannot bring it to an end: <c>transaction_failed</c>, which is an error of push (CIBA Core §12); who polls gets it as an unknown one.</summary>
    Fail,
}

/// <summary>How polls and notifications went, of one request or of all.</summary>
/// <param name="Polls">Polls of a known <c>auth_req_id</c> by its client.</param>
/// <param name="EarlyPolls">Polls that came faster than the interval, measured from the poll before.</param>
/// <param name="OverlappingPolls">Polls that came while another one of the same <c>auth_req_id</c> was unanswered.</param>
/// <param name="PollsAfterEnd">Polls that came after the client had been told of the end.</param>
public sealed record CibaSimulatorCounters(int Polls, int EarlyPolls, int OverlappingPolls, int PollsAfterEnd)
{
    /// <summary>Gets how many notifications were sent.</summary>
    public int Notifications { get; init; }

    /// <summary>Gets how many of them the client refused or did not answer.</summary>
    public int RefusedNotifications { get; init; }

    /// <summary>Both together.</summary>
    /// <returns>The sums.</returns>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static CibaSimulatorCounters operator +(CibaSimulatorCounters left, CibaSimulatorCounters right) => new(
        left.Polls + right.Polls,
        left.EarlyPolls + right.EarlyPolls,
        left.OverlappingPolls + right.OverlappingPolls,
        left.PollsAfterEnd + right.PollsAfterEnd)
    {
        Notifications = left.Notifications + right.Notifications,
        RefusedNotifications = left.RefusedNotifications + right.RefusedNotifications,
    };
}
