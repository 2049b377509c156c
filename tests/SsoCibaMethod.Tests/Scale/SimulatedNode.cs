using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Polling;

namespace SsoCibaMethod.Tests.Scale;

/// <summary>A node: alive, frozen, cut off from the store or gone; it keeps its lease and takes over what others left, as <see cref="LoginPollerHost"/> does.</summary>
internal sealed class SimulatedNode
{
    private static readonly TimeSpan StoreTimeLimit = TimeSpan.FromSeconds(2);

    // The client's watch may take a shorter stall for the OP's time.
    private static readonly TimeSpan Unnoticed = TimeSpan.FromSeconds(0.5);

    private readonly ScaleSimulation _world;
    private TimeSpan _nextTick;
    private TimeSpan _cutOffUntil;
    private TimeSpan _frozenUntil;

    public SimulatedNode(ScaleSimulation world)
    {
        _world = world;
        Poller = new SimulatedPoller(world, this);
        Member = world.NewMember(this);
    }

    public SimulatedPoller Poller { get; }

    public Membership Member { get; private set; }

    public TimeSpan LeaseEndsAt { get; private set; } = TimeSpan.MaxValue;

    public bool IsGone { get; private set; }

    public bool IsLeaving { get; private set; }

    public bool FreezesAtNextCheck { get; set; }

    /// <summary>Gets how often it was frozen.</summary>
    public int Freezes { get; private set; }

    /// <summary>Gets for how long it was frozen, as far as it notices.</summary>
    public TimeSpan Stalled { get; private set; }

    /// <summary>Whether it has run and reached the store all its life.</summary>
    public bool IsUntroubled => Freezes == 0 && _cutOffUntil == default;

    public bool IsFrozen => _world.Clock.Now < _frozenUntil;

    /// <summary>Does something on this node: later if it is frozen, in no certain order, and never if it is gone.</summary>
    public void Run(Action what)
    {
        if (IsGone)
        {
            return;
        }

        if (IsFrozen)
        {
            _world.Clock.At(_frozenUntil + _world.Chance.Between(0, 0.005), () => Run(what));
        }
        else
        {
            what();
        }
    }

    public void After(TimeSpan wait, Action what) => _world.Clock.After(wait, () => Run(what));

    /// <summary>A call of the store: on the way there or back it may come to nothing.</summary>
    public void Store<T>(Func<T> call, Action<T> then, Action failed)
    {
        if (IsCutOff)
        {
            After(StoreTimeLimit, failed);
            return;
        }

        _world.Clock.After(_world.Chance.StoreWire(), () =>
        {
            var isLost = IsCutOff;
            if (isLost && !(_world.Settings.LosesStoreAnswers && _world.Chance.OneIn(2)))
            {
                After(StoreTimeLimit, failed);
                return;
            }

            var answer = call();
            _world.Clock.After(_world.Chance.StoreWire(), () =>
            {
                if (_world.Settings.LosesStoreAnswers && (isLost || IsCutOff))
                {
                    _world.Report.Count("answers of the store that were lost");
                    After(StoreTimeLimit, failed);
                }
                else
                {
                    Run(() => then(answer));
                }
            });
        });
    }

    /// <summary>Changes the record of a login.</summary>
    public void Change(SimulatedLogin login, string why, Func<PendingLogin, PendingLogin?> change, Action<PendingLogin?> then, Action failed) =>
        Store(() => _world.Store.Change(login, why, change), then, failed);

    public void Join()
    {
        _nextTick = _world.Clock.Now + LoginPollerHost.Heartbeat;
        Beat(isNew: true);
    }

    public void Kill()
    {
        IsGone = true;
        Member.GoneSince ??= _world.Clock.Now;
        Poller.Die();
    }

    public void Freeze(TimeSpan wait)
    {
        _frozenUntil = _world.Clock.Now + wait;
        Freezes++;
        Stalled += wait > Unnoticed ? wait : TimeSpan.Zero;
        Member.GoneSince ??= _world.Clock.Now;
    }

    public void CutOff(TimeSpan wait)
    {
        _cutOffUntil = _world.Clock.Now + wait;
        Member.GoneSince ??= _world.Clock.Now;
    }

    /// <summary>Stops in order: gets no new logins, then hands over what waits, at last what the OP is asked about.</summary>
    public void Leave(Action then)
    {
        IsLeaving = true;
        After(TimeSpan.FromSeconds(2), () => HandOver(_world.Clock.Now + TimeSpan.FromSeconds(15), then));
    }

    private bool IsCutOff => _world.Clock.Now < _cutOffUntil;

    private void HandOver(TimeSpan until, Action then)
    {
        if (Poller.GiveBackIdle() > 0 && _world.Clock.Now < until)
        {
            After(TimeSpan.FromSeconds(0.5), () => HandOver(until, then));
            return;
        }

        Store(
            () =>
            {
                _world.Store.Release(Member);
                return true;
            },
            _ =>
            {
                Kill();
                then();
            },
            () =>
            {
                Kill();
                then();
            });
        Poller.BreakOff();
    }

    private void Beat(bool isNew)
    {
        // Counted from before the renewal is sent, as the product does.
        var until = _world.Clock.Now + LoginPollerHost.Lease;
        var member = Member;
        Store(() => _world.Store.Heartbeat(member, LoginPollerHost.Lease, isNew), isAlive =>
        {
            if (!isAlive)
            {
                Rejoin();
                return;
            }

            member.GoneSince = null;
            LeaseEndsAt = until;
            _world.Clock.At(until, () => Run(EndLease));
            if (IsLeaving)
            {
                Tick(isNew: false);
            }
            else
            {
                Claim();
            }
        }, () => Tick(isNew));
    }

    private void EndLease()
    {
        if (_world.Clock.Now >= LeaseEndsAt)
        {
            Poller.BreakOff();
        }
    }

    // A timer that was not waited for in time has ticked once.
    private void Tick(bool isNew)
    {
        var now = _world.Clock.Now;
        var at = _nextTick;
        while (_nextTick <= now)
        {
            _nextTick += LoginPollerHost.Heartbeat;
        }

        if (at > now)
        {
            _nextTick += LoginPollerHost.Heartbeat;
        }

        After(at - now, () => Beat(isNew));
    }

    private void Claim()
    {
        var member = Member;
        Store(() => _world.Store.Claim(member, LoginPollerHost.ClaimBatch), claimed => Poller.TakeOver(claimed, () =>
        {
            if (claimed.Count == LoginPollerHost.ClaimBatch)
            {
                Claim();
            }
            else
            {
                _world.Store.DeleteExpired();
                Tick(isNew: false);
            }
        }, () => Tick(isNew: false)), () => Tick(isNew: false));
    }

    private void Rejoin()
    {
        _world.Report.Count("leases lost by living nodes");
        Member.GoneSince ??= _world.Clock.Now;
        Poller.Rejoin();
        Member = _world.NewMember(this);
        Join();
    }
}
