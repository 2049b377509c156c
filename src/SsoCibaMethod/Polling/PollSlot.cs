using SsoCibaMethod.Client;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod.Polling;

/// <summary>One waiting login in the poller's memory: what a poll needs, in clear, since unprotecting it each time would cost as much as the poll.</summary>
internal sealed class PollSlot(CibaMethod method, string id, string reference, string authReqId, PollSchedule schedule)
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _poll;

    public CibaMethod Method => method;

    public string Id => id;

    public string Reference => reference;

    public string AuthReqId => authReqId;

    public PollSchedule Schedule { get; set; } = schedule;

    /// <summary>Whether a poll may have spent the <c>auth_req_id</c> without our getting its answer.</summary>
    public bool HasUnansweredPoll { get; set; }

    /// <summary>Whether the OP no longer knows the <c>auth_req_id</c>, and one interval is left for another node's result to show.</summary>
    public bool IsAwaitingOthers { get; set; }

    /// <summary>Whether the login has ended; no poll leaves any more.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Says that a poll leaves now.</summary>
    /// <returns>Whether it may: not when the login has ended.</returns>
    public bool TryBegin(CancellationTokenSource poll)
    {
        lock (_gate)
        {
            if (!IsEnded)
            {
                _poll = poll;
            }

            return !IsEnded;
        }
    }

    /// <summary>Says that the poll is over.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            _poll = null;
        }
    }

    /// <summary>Breaks off the poll under way, if there is one.</summary>
    public void BreakOff()
    {
        lock (_gate)
        {
            _poll?.Cancel();
        }
    }

    public void End()
    {
        lock (_gate)
        {
            IsEnded = true;
            _poll?.Cancel();
        }
    }
}
