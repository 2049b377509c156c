using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Polling;

namespace SsoCibaMethod.Tests.Scale;

/// <summary>What a node does for a login, step by step as the product's poller: what is due, a poll, what its answer means. The schedule and the transitions are the product's own.</summary>
/// <param name="world">All the rest.</param>
/// <param name="node">The node.</param>
/// <param name="forget">Called for a login that the node has nothing more to do for.</param>
internal sealed class SimulatedLoginWork(ScaleSimulation world, SimulatedNode node, Action<SimulatedWork> forget)
{
    private static readonly TimeSpan ApprovedFor = TimeSpan.FromMinutes(15);

    private bool _isClosed;

    private TimeSpan Now => world.Clock.Now;

    private DateTimeOffset Time => world.Clock.GetUtcNow();

    /// <summary>Begins no poll from here on.</summary>
    public void Close() => _isClosed = true;

    public void Answered(SimulatedPoll poll, SimulatedAnswer answer, bool mayHaveBeenReceived)
    {
        var work = poll.Work;
        work.Poll = null;
        switch (answer)
        {
            case SimulatedAnswer.Pending:
                work.HasUnansweredPoll = false;
                work.Schedule = work.Schedule.AfterPending(poll.HeldSince, Now);
                Queue(work);
                break;
            case SimulatedAnswer.SlowDown:
                work.HasUnansweredPoll = false;
                work.Schedule = work.Schedule.AfterSlowDown(poll.HeldSince, Now);
                var (interval, owner) = (work.Schedule.Interval, node.Member.Name);
                node.Change(work.Login, "store: slowed down", current => current.Owner == owner ? current.SlowDown(interval) : null, _ => Queue(work), () => Pause(work));
                break;
            case SimulatedAnswer.Unavailable:
                work.HasUnansweredPoll |= mayHaveBeenReceived;
                work.Schedule = work.Schedule.AfterUnavailable(poll.HeldSince, Now);
                Go(work.Schedule.IsGivenUp ? () => End(work, PendingLoginState.Failed) : () => Queue(work));
                break;
            default:
                work.LastWord = answer;
                Settle(work);
                break;
        }
    }

    /// <summary>Queues a login for its next time.</summary>
    public void Queue(SimulatedWork work)
    {
        var ticket = ++work.Ticket;
        var wait = TimeSpan.FromMilliseconds(Math.Ceiling((work.Due - Now).TotalMilliseconds));
        node.After(wait + world.Chance.Between(0, 0.002), () =>
        {
            if (!work.IsEnded && work.Ticket == ticket)
            {
                Serve(work);
            }
        });
    }

    /// <summary>Waits for an answer no longer.</summary>
    public void BreakOff(SimulatedPoll poll)
    {
        if (!poll.IsOver)
        {
            SimulatedOp.Close(poll);
            poll.Work.Poll = null;
            poll.Work.HasUnansweredPoll = true;
            poll.Work.Schedule = poll.Work.Schedule.AfterUnavailable(Now, Now);
            Queue(poll.Work);
        }
    }

    private static void Go(Action what) => what();

    private void Serve(SimulatedWork work) => Go(work switch
    {
        { LastWord: not null } => () => Settle(work),
        _ when Now >= work.Schedule.Deadline => () => End(work, PendingLoginState.Expired),
        { IsAwaitingOthers: true } => () => End(work, PendingLoginState.Failed),
        _ => () => Poll(work),
    });

    private void Poll(SimulatedWork work)
    {
        if (_isClosed || !world.Settings.MaySend(Now, work.Schedule.Deadline, node.LeaseEndsAt))
        {
            work.Schedule = work.Schedule.AfterUnavailable(Now, Now);
            Queue(work);
            return;
        }

        var poll = new SimulatedPoll(work, node, Now);
        work.Poll = poll;
        if (node.FreezesAtNextCheck)
        {
            node.FreezesAtNextCheck = false;
            node.Freeze(world.Chance.Between(12, 40));
        }

        node.After(world.Chance.Between(0.00005, 0.0005), () => Leave(poll));
        node.After(work.Schedule.Deadline - Now, () => BreakOff(poll));
    }

    private void Leave(SimulatedPoll poll)
    {
        if (!poll.IsOver)
        {
            // Frozen since the look at the lease, and gone when that would forbid it.
            poll.IsStray = poll.HasBeenFrozen && !PollSender.MaySend(Now, TimeSpan.MaxValue, node.LeaseEndsAt);
            world.Op.Take(poll);
        }
    }

    private void Settle(SimulatedWork work)
    {
        var time = Time;
        switch (work.LastWord)
        {
            case SimulatedAnswer.Granted:
                // From any node: nobody else has the tokens.
                node.Store(() => world.Approve(work.Login, time, time + ApprovedFor), _ => forget(work), () => Pause(work));
                break;
            case SimulatedAnswer.InvalidGrant when work.HasUnansweredPoll && Now < work.Schedule.Deadline:
                work.IsAwaitingOthers = true;
                work.LastWord = null;
                work.Schedule = work.Schedule.AfterPending(Now, Now);
                Queue(work);
                break;
            case SimulatedAnswer.Expired:
                End(work, PendingLoginState.Expired);
                break;
            default:
                End(work, PendingLoginState.Declined);
                break;
        }
    }

    private void End(SimulatedWork work, PendingLoginState state)
    {
        var owner = node.Member.Name;
        node.Change(
            work.Login,
            "store: ended",
            current => current.Owner == owner && current.State == PendingLoginState.Waiting ? current.End(state, "", Time) : null,
            _ => forget(work),
            () => Pause(work));
    }

    private void Pause(SimulatedWork work)
    {
        if (!work.IsEnded)
        {
            work.Pause(Now);
            Queue(work);
        }
    }
}
