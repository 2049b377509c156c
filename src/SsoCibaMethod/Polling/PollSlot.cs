using SsoCibaMethod.Client;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod.Polling;

/// <summary>One waiting login in the poller's memory: what a poll needs, in clear, since unprotecting it each time would cost as much as the poll.</summary>
internal sealed class PollSlot(CibaMethod method, string id, string reference, string authReqId, PollSchedule schedule)
{
    public CibaMethod Method => method;

    public string Id => id;

    public string Reference => reference;

    public string AuthReqId => authReqId;

    public PollSchedule Schedule { get; set; } = schedule;

    /// <summary>Whether a poll may have spent the <c>auth_req_id</c> without our getting its answer.</summary>
    public bool HasUnansweredPoll { get; set; }

    /// <summary>Whether the OP no longer knows the <c>auth_req_id</c>, and one interval is left for another node's result to show.</summary>
    public bool IsAwaitingOthers { get; set; }

    /// <summary>Set when the login has ended; no poll leaves any more.</summary>
    public bool IsEnded { get; set; }

    /// <summary>The poll under way; made when it leaves.</summary>
    public CancellationTokenSource? InFlight { get; set; }
}
