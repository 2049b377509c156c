using SsoCibaMethod.Client;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Tests.Scale;

/// <summary>What a node does for the logins it owns, step by step as the product's poller: the schedule and the transitions are the product's own.</summary>
internal sealed class SimulatedPoller(ScaleSimulation world, SimulatedNode node)
{
    private static readonly TimeSpan StartingFor = TimeSpan.FromSeconds(105);
    private static readonly TimeSpan ApprovedFor = TimeSpan.FromMinutes(15);
    private static readonly PollSettings Settings = new();

    private readonly SortedDictionary<string, SimulatedWork> _owned = new(StringComparer.Ordinal);
    private bool _isClosed;

    private TimeSpan Now => world.Clock.Now;

    private DateTimeOffset Time => world.Clock.GetUtcNow();

    public bool WorksFor(SimulatedLogin login) => _owned.ContainsKey(login.Id);

    /// <summary>The browser's POST: the node that creates the record owns it, and only then calls the OP.</summary>
    public void Start(SimulatedLogin login)
    {
        var starting = new PendingLogin
        {
            Id = login.Id,
            Method = "Ciba",
            Version = 1,
            State = PendingLoginState.Starting,
            Owner = node.Member.Name,
            StartedAt = Time,
            Deadline = Time + StartingFor,
            Details = new PendingLoginDetails { Reference = "", LoginHint = "", BindingCode = "", Properties = [] },
        };
        node.Store(() => world.Create(login, starting), _ => world.Ask(login, node), () => { });
    }

    /// <summary>The OP's acknowledgement is there.</summary>
    public void Acknowledged(SimulatedLogin login, TimeSpan sentAt, BackchannelAuthenticationResponse.Acknowledged answer)
    {
        var work = new SimulatedWork(login, PollSchedule.Begin(sentAt, Now, answer, Settings));
        _owned[login.Id] = work;
        var (requestedAt, deadline) = (Time - (Now - sentAt), Time + (work.Schedule.Deadline - Now));
        Change(login, "store: acknowledged", current => current.Acknowledge(login.Id, work.Schedule.Interval, requestedAt, deadline), written =>
        {
            if (written?.Owner == node.Member.Name)
            {
                Queue(work);
            }
            else
            {
                Forget(work);
            }
        }, () =>
        {
            Forget(work);
            NotStarted(login);
        });
    }

    public void NotStarted(SimulatedLogin login) =>
        Change(login, "store: ended", current => current.End(PendingLoginState.Failed, "", Time), _ => { }, () => { });

    public void TakeOver(IEnumerable<(SimulatedLogin Login, PendingLogin Record)> claimed, Action done, Action failed)
    {
        var left = new Queue<(SimulatedLogin Login, PendingLogin Record)>(claimed);
        Next();

        void Next()
        {
            while (left.TryDequeue(out var taken))
            {
                if (taken.Record.State == PendingLoginState.Starting)
                {
                    Change(taken.Login, "store: ended", current => current.End(PendingLoginState.Failed, "", Time), _ => Next(), failed);
                    return;
                }

                TakeOver(taken.Login, taken.Record);
            }

            done();
        }
    }

    public void Answered(SimulatedPoll poll, SimulatedAnswer answer, bool mayHaveBeenReceived)
    {
        var work = poll.Work;
        work.Poll = null;
        switch (answer)
        {
            case SimulatedAnswer.Pending:
                work.HasUnansweredPoll = false;
                work.Schedule = work.Schedule.AfterPending(poll.SentAt, Now);
                Queue(work);
                break;
            case SimulatedAnswer.SlowDown:
                work.HasUnansweredPoll = false;
                work.Schedule = work.Schedule.AfterSlowDown(poll.SentAt, Now);
                var (interval, owner) = (work.Schedule.Interval, node.Member.Name);
                Change(work.Login, "store: slowed down", current => current.Owner == owner ? current.SlowDown(interval) : null, _ => Queue(work), () => Pause(work));
                break;
            case SimulatedAnswer.Unavailable:
                work.HasUnansweredPoll |= mayHaveBeenReceived;
                work.Schedule = work.Schedule.AfterUnavailable(poll.SentAt, Now);
                Go(work.Schedule.IsGivenUp ? () => End(work, PendingLoginState.Failed) : () => Queue(work));
                break;
            default:
                work.LastWord = answer;
                Settle(work);
                break;
        }
    }

    /// <summary>What was changed elsewhere is looked at again.</summary>
    public void Review(SimulatedLogin login)
    {
        if (_owned.TryGetValue(login.Id, out var work) && (!login.IsOpen || (login.Owner != node.Member.Name && work.LastWord is null)))
        {
            Forget(work);
        }
    }

    /// <summary>Begins no poll from here on, and gives back what nothing is under way for.</summary>
    /// <returns>How many are left.</returns>
    public int GiveBackIdle()
    {
        _isClosed = true;
        var owner = node.Member.Name;
        foreach (var work in _owned.Values.Where(work => work is { Poll: null, LastWord: null }).ToList())
        {
            Forget(work);
            Change(work.Login, "store: given back", current => current.Owner == owner ? current with { Owner = null, Version = current.Version + 1 } : null, _ => { }, () => { });
        }

        return _owned.Count;
    }

    public void BreakOff()
    {
        if (world.Settings.BreaksOff)
        {
            foreach (var poll in _owned.Values.Select(work => work.Poll).OfType<SimulatedPoll>().ToList())
            {
                BreakOff(poll);
            }
        }
    }

    public void Rejoin()
    {
        foreach (var work in _owned.Values.Where(work => work.LastWord is null).ToList())
        {
            Forget(work);
        }
    }

    /// <summary>The process is gone, and its connections with it.</summary>
    public void Die()
    {
        foreach (var work in _owned.Values.ToList())
        {
            Forget(work);
        }
    }

    private static void Go(Action what) => what();

    private void TakeOver(SimulatedLogin login, PendingLogin record)
    {
        var interval = record.Details.Interval;
        var work = new SimulatedWork(login, PollSchedule.Resume(Now + world.Settings.ResumeAfter(interval) - interval, interval, record.Deadline - Time, Settings))
        {
            HasUnansweredPoll = true,
        };
        if (_owned.TryAdd(login.Id, work))
        {
            Queue(work);
        }
    }

    private void Queue(SimulatedWork work)
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
            poll.IsStray = poll.HasBeenFrozen && Now >= node.LeaseEndsAt;
            world.Op.Take(poll);
        }
    }

    private void BreakOff(SimulatedPoll poll)
    {
        if (!poll.IsOver)
        {
            SimulatedOp.Close(poll);
            poll.Work.Poll = null;
            poll.Work.HasUnansweredPoll = true;
            poll.Work.Schedule = poll.Work.Schedule.AfterUnavailable(poll.SentAt, Now);
            Queue(poll.Work);
        }
    }

    private void Settle(SimulatedWork work)
    {
        var time = Time;
        switch (work.LastWord)
        {
            case SimulatedAnswer.Granted:
                // From any node: nobody else has the tokens.
                node.Store(() => world.Approve(work.Login, time, time + ApprovedFor), _ => Forget(work), () => Pause(work));
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
        Change(
            work.Login,
            "store: ended",
            current => current.Owner == owner && current.State == PendingLoginState.Waiting ? current.End(state, "", Time) : null,
            _ => Forget(work),
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

    private void Forget(SimulatedWork work)
    {
        work.IsEnded = true;
        if (_owned.TryGetValue(work.Login.Id, out var owned) && owned == work)
        {
            _ = _owned.Remove(work.Login.Id);
        }

        if (work.Poll is { } poll)
        {
            SimulatedOp.Close(poll);
        }
    }

    private void Change(SimulatedLogin login, string why, Func<PendingLogin, PendingLogin?> change, Action<PendingLogin?> then, Action failed) =>
        node.Store(() => world.Store.Change(login, why, change), then, failed);
}
