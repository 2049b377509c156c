namespace SsoCibaMethod.Tests.Scale;

/// <summary>What the OP answers to a poll.</summary>
internal enum SimulatedAnswer
{
    Pending,
    SlowDown,
    Granted,
    Denied,
    Expired,
    InvalidGrant,
    Unavailable,
}

/// <summary>An OP without tolerance: it knows when each poll came, and which were out at once.</summary>
internal sealed class SimulatedOp(ScaleSettings settings, VirtualClock clock, Chance chance, ScaleReport report)
{
    private static readonly TimeSpan HoldsFor = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Growth = TimeSpan.FromSeconds(5);

    public TimeSpan OutageAt { get; set; } = TimeSpan.MaxValue;

    public bool IsOut => clock.Now >= OutageAt && clock.Now < OutageAt + settings.OpOutage;

    /// <summary>Takes a poll as it leaves its node.</summary>
    public void Take(SimulatedPoll poll)
    {
        var login = poll.Login;
        report.Count("polls");
        if (login.OrphanedAt is { } since && poll.Node.IsUntroubled && poll.Work.Schedule.Interval <= TimeSpan.FromSeconds(5))
        {
            report.Most("seconds from the loss of an owner to the next one's poll, which waits 5 s", (clock.Now - since).TotalSeconds);
        }

        login.OrphanedAt = null;
        foreach (var other in login.Out)
        {
            Overlap(poll, other);
        }

        login.Out.Add(poll);
        clock.After(chance.Wire(), () => Arrive(poll));
    }

    /// <summary>The node waits no longer, or is gone with its connections.</summary>
    public static void Close(SimulatedPoll poll)
    {
        poll.IsOver = true;
        _ = poll.Login.Out.Remove(poll);
    }

    private void Overlap(SimulatedPoll poll, SimulatedPoll other)
    {
        if (poll.IsStray || other.IsStray)
        {
            report.Count("two at once: frozen between check and send");
        }
        else if (other.HasBeenFrozen)
        {
            report.Count("two at once: frozen while the OP held its poll");
        }
        else
        {
            report.Break($"two polls at once for {poll.Login.Id} at {clock.Now}");
        }
    }

    private void Arrive(SimulatedPoll poll)
    {
        if (IsOut)
        {
            report.Count("polls into the outage");
            var isRefused = chance.OneIn(2);
            clock.After(isRefused ? chance.Wire() : TimeLimit, () => Answer(poll, SimulatedAnswer.Unavailable, mayHaveBeenReceived: !isRefused));
            return;
        }

        var login = poll.Login;
        var isEarly = IsEarly(poll);
        login.LastArrival = clock.Now;
        login.Last = poll;
        var takes = chance.OpWork();
        if (login.IsHeld && login.DecidedAt > clock.Now && !login.IsSpent && !isEarly)
        {
            var decides = Least(login.DecidedAt, login.ExpiresAt) - clock.Now;
            takes += Least(HoldsFor, decides);
        }

        clock.After(takes, () => Make(poll, isEarly));
    }

    private bool IsEarly(SimulatedPoll poll)
    {
        var login = poll.Login;
        var isEarly = IsBefore(login, login.Interval);
        if (isEarly && (poll.IsStray || login.Last is { IsStray: true }))
        {
            report.Count("early: frozen between check and send");
        }
        else if (isEarly && !IsBefore(login, poll.Work.Schedule.Interval))
        {
            report.Count("early: a slow_down was lost with its node");
        }
        else if (isEarly && login.LastAnswer > login.LastArrival && login.LastAnswer - login.LastArrival > login.Interval - Chance.SlowestRoundTrip)
        {
            // It took the interval by the node's clock, which counts both ways of the wire, and a little less by the OP's.
            report.Count("early: the answer before took just an interval");
        }
        else if (isEarly && clock.Now - login.LastArrival >= login.Interval && login.LastWasBrokenOff)
        {
            // The lease ended while the OP thought.
            report.Count("early from the answer on, not from the poll on");
        }
        else if (isEarly)
        {
            report.Break($"an early poll for {login.Id} at {clock.Now}, {clock.Now - login.LastAnswer} after the last answer, {clock.Now - login.LastArrival} after the last poll, the interval being {login.Interval}");
        }

        return isEarly;
    }

    // Both readings of the rule: from poll to poll, and, where the answer did not take the interval, from answer to poll.
    private bool IsBefore(SimulatedLogin login, TimeSpan interval) =>
        clock.Now - login.LastArrival < interval || (login.LastAnswer - login.LastArrival < interval && clock.Now - login.LastAnswer < interval);

    private void Make(SimulatedPoll poll, bool isEarly)
    {
        var login = poll.Login;
        login.LastAnswer = clock.Now;
        login.LastWasBrokenOff = poll.IsOver;
        _ = login.Out.Remove(poll);
        var answer = Word(login, isEarly);
        if (answer is SimulatedAnswer.Granted or SimulatedAnswer.Denied)
        {
            login.IsSpent = true;
        }

        report.Count($"answer: {answer}");
        clock.After(chance.Wire(), () => Answer(poll, answer, mayHaveBeenReceived: true));
    }

    private SimulatedAnswer Word(SimulatedLogin login, bool isEarly)
    {
        switch (login)
        {
            case { IsSpent: true }:
                return SimulatedAnswer.InvalidGrant;
            case var _ when isEarly:
                return SimulatedAnswer.SlowDown;
            case var _ when clock.Now >= login.ExpiresAt:
                return SimulatedAnswer.Expired;
            case var _ when clock.Now >= login.DecidedAt:
                return login.IsApproval ? SimulatedAnswer.Granted : SimulatedAnswer.Denied;
            case var _ when chance.OneIn(200):
                login.Interval += Growth;
                return SimulatedAnswer.SlowDown;
            case var _ when chance.OneIn(200):
                return SimulatedAnswer.Unavailable;
            default:
                return SimulatedAnswer.Pending;
        }
    }

    private static void Answer(SimulatedPoll poll, SimulatedAnswer answer, bool mayHaveBeenReceived) => poll.Node.Run(() =>
    {
        if (!poll.IsOver)
        {
            Close(poll);
            poll.Node.Poller.Answered(poll, answer, mayHaveBeenReceived);
        }
    });

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
