using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Tests.Scale;

/// <summary>One login as nobody inside sees it: the user, the OP's side of it, and what became of it in the store.</summary>
internal sealed class SimulatedLogin(int number)
{
    public int Number => number;

    public string Id { get; } = $"login-{number:D8}";

    // The user and the OP.
    public TimeSpan DecidedAt { get; set; } = TimeSpan.MaxValue;

    public bool IsApproval { get; set; }

    public TimeSpan ExpiresAt { get; set; } = TimeSpan.MaxValue;

    /// <summary>The interval the OP asks for at present.</summary>
    public TimeSpan Interval { get; set; }

    /// <summary>Whether the OP holds a poll until there is news.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Whether the OP has said its last word about the <c>auth_req_id</c>.</summary>
    public bool IsSpent { get; set; }

    public TimeSpan LastArrival { get; set; }

    public TimeSpan LastAnswer { get; set; }

    /// <summary>The last poll.</summary>
    public SimulatedPoll? Last { get; set; }

    /// <summary>Whether the node did not wait for the last answer.</summary>
    public bool LastWasBrokenOff { get; set; }

    /// <summary>The polls that are out.</summary>
    public List<SimulatedPoll> Out { get; } = new(1);

    // The store.
    public PendingLoginState? State { get; set; }

    public string? Owner { get; set; }

    /// <summary>Since when it has its present owner, or none.</summary>
    public TimeSpan OwnerChangedAt { get; set; }

    /// <summary>Since when it had no owner that gives a sign of life, from a take-over to the first poll after it.</summary>
    public TimeSpan? OrphanedAt { get; set; }

    public bool IsOpen => State is PendingLoginState.Starting or PendingLoginState.Waiting;

    public int Ends { get; set; }

    public int SignIns { get; set; }

    public bool IsUnattended { get; set; }
}

/// <summary>One poll on its way.</summary>
internal sealed class SimulatedPoll(SimulatedWork work, SimulatedNode node, TimeSpan sentAt)
{
    private readonly int _freezesBefore = node.Freezes;
    private readonly TimeSpan _stalledBefore = node.Stalled;

    public SimulatedWork Work => work;

    public SimulatedNode Node => node;

    public SimulatedLogin Login => work.Login;

    /// <summary>When it was decided to send it.</summary>
    public TimeSpan SentAt => sentAt;

    /// <summary>What the schedule is told as the time of sending: the time its node stood still is not the OP's, as the client counts it.</summary>
    public TimeSpan HeldSince => sentAt + (node.Stalled - _stalledBefore);

    /// <summary>Whether its node was frozen since the check.</summary>
    public bool HasBeenFrozen => node.Freezes > _freezesBefore;

    /// <summary>Whether its node was frozen between the check and the send: the one case in which a poll leaves when its node may send no more.</summary>
    public bool IsStray { get; set; }

    /// <summary>Whether its node waits for no answer any more.</summary>
    public bool IsOver { get; set; }
}
