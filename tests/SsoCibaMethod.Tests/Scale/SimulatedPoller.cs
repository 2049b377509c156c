using SsoCibaMethod.Client;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Tests.Scale;

/// <summary>Which logins a node works for, from a start or a take-over to the end, as the product's poller keeps them.</summary>
internal sealed class SimulatedPoller
{
    private static readonly TimeSpan StartingFor = TimeSpan.FromSeconds(105);
    private static readonly PollSettings Settings = new();

    private readonly ScaleSimulation _world;
    private readonly SimulatedNode _node;
    private readonly SimulatedLoginWork _work;
    private readonly SortedDictionary<string, SimulatedWork> _owned = new(StringComparer.Ordinal);

    public SimulatedPoller(ScaleSimulation world, SimulatedNode node)
    {
        _world = world;
        _node = node;
        _work = new SimulatedLoginWork(world, node, Forget);
    }

    private TimeSpan Now => _world.Clock.Now;

    private DateTimeOffset Time => _world.Clock.GetUtcNow();

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
            Owner = _node.Member.Name,
            StartedAt = Time,
            Deadline = Time + StartingFor,
            Details = new PendingLoginDetails { Reference = "", LoginHint = "", BindingCode = "", Properties = [] },
        };
        _node.Store(() => _world.Create(login, starting), _ => _world.Ask(login, _node), () => { });
    }

    /// <summary>The OP's acknowledgement is there.</summary>
    public void Acknowledged(SimulatedLogin login, TimeSpan sentAt, BackchannelAuthenticationResponse.Acknowledged answer)
    {
        var work = new SimulatedWork(login, PollSchedule.Begin(sentAt, Now, answer, Settings));
        _owned[login.Id] = work;
        var (requestedAt, deadline) = (Time - (Now - sentAt), Time + (work.Schedule.Deadline - Now));
        _node.Change(login, "store: acknowledged", current => current.Acknowledge(login.Id, work.Schedule.Interval, requestedAt, deadline), written =>
        {
            if (written?.Owner == _node.Member.Name)
            {
                _work.Queue(work);
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
        _node.Change(login, "store: ended", current => current.End(PendingLoginState.Failed, "", Time), _ => { }, () => { });

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
                    _node.Change(taken.Login, "store: ended", current => current.End(PendingLoginState.Failed, "", Time), _ => Next(), failed);
                    return;
                }

                TakeOver(taken.Login, taken.Record);
            }

            done();
        }
    }

    /// <summary>A poll was answered.</summary>
    public void Answered(SimulatedPoll poll, SimulatedAnswer answer, bool mayHaveBeenReceived) => _work.Answered(poll, answer, mayHaveBeenReceived);

    /// <summary>What was changed elsewhere is looked at again.</summary>
    public void Review(SimulatedLogin login)
    {
        if (_owned.TryGetValue(login.Id, out var work) && (!login.IsOpen || (login.Owner != _node.Member.Name && work.LastWord is null)))
        {
            Forget(work);
        }
    }

    /// <summary>Begins no poll from here on, and gives back what nothing is under way for.</summary>
    /// <returns>How many are left.</returns>
    public int GiveBackIdle()
    {
        _work.Close();
        var owner = _node.Member.Name;
        foreach (var work in _owned.Values.Where(work => work is { Poll: null, LastWord: null }).ToList())
        {
            Forget(work);
            _node.Change(work.Login, "store: given back", current => current.Owner == owner ? current with { Owner = null, Version = current.Version + 1 } : null, _ => { }, () => { });
        }

        return _owned.Count;
    }

    public void BreakOff()
    {
        if (_world.Settings.BreaksOff)
        {
            foreach (var poll in _owned.Values.Select(work => work.Poll).OfType<SimulatedPoll>().ToList())
            {
                _work.BreakOff(poll);
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

    private void TakeOver(SimulatedLogin login, PendingLogin record)
    {
        var interval = record.Details.Interval;
        var work = new SimulatedWork(login, PollSchedule.Resume(Now + _world.Settings.ResumeAfter(interval) - interval, interval, record.Deadline - Time, Settings))
        {
            HasUnansweredPoll = true,
        };
        if (_owned.TryAdd(login.Id, work))
        {
            _work.Queue(work);
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
}
