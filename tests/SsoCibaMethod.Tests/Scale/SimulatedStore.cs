using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Scale;

/// <summary>The store through the product's own service, with a ledger beside it that knows what may happen to a login.</summary>
internal sealed class SimulatedStore
{
    private static readonly TimeSpan LongestWithoutOwner = TimeSpan.FromSeconds(15);

    private readonly IPendingLoginStore _store;
    private readonly PendingLoginProtector _protector = new(new PlainProtection());
    private readonly PendingLoginService _logins;
    private readonly VirtualClock _clock;
    private readonly ScaleReport _report;
    private readonly Dictionary<string, SimulatedLogin> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Membership> _members = new(StringComparer.Ordinal);

    public SimulatedStore(ScaleSettings settings, VirtualClock clock, ScaleReport report)
    {
        _store = settings.RealStore ? new InMemoryPendingLoginStore(clock) : new IndexedPendingLoginStore(clock);
        _logins = new PendingLoginService(_store, _protector, Reports.On(clock), clock);
        _clock = clock;
        _report = report;
    }

    /// <summary>Called with the owner before a change, and the login.</summary>
    public Action<Membership, SimulatedLogin> Tell { get; set; } = (_, _) => { };

    public int Pending => _open.Count;

    public void Know(Membership membership) => _members.Add(membership.Name, membership);

    public bool Create(SimulatedLogin login, PendingLogin record)
    {
        _open.Add(login.Id, login);
        _report.Most("pending logins", _open.Count);
        _report.Count("store: created");
        Note(login, record);
        return _logins.CreateAsync(record, default).Result;
    }

    public PendingLogin? Change(SimulatedLogin login, string why, Func<PendingLogin, PendingLogin?> change)
    {
        var owner = login.Owner;
        var changed = _logins.ChangeAsync(login.Id, change, default).Result;
        if (changed is not null)
        {
            _report.Count(why);
            Note(login, changed);
            if (owner is not null && _members.TryGetValue(owner, out var told) && login.Owner != owner)
            {
                Tell(told, login);
            }
        }

        return changed;
    }

    /// <summary>Looks at a login as the page does: what nobody works on and is overdue ends by that.</summary>
    public void Look(SimulatedLogin login)
    {
        var found = _logins.FindAsync(login.Id, default).Result;
        if (found is { IsEnded: true } && login.Ends == 0)
        {
            _report.Count("store: ended by the page");
            Note(login, found);
        }
    }

    public bool Heartbeat(Membership member, TimeSpan lease, bool isNew)
    {
        _report.Count("store: heartbeats");
        return _store.HeartbeatAsync(member.Name, lease, isNew, default).Result;
    }

    public IReadOnlyList<(SimulatedLogin Login, PendingLogin Record)> Claim(Membership member, int maximum)
    {
        _report.Count("store: claim queries");
        List<(SimulatedLogin, PendingLogin)> taken = [];
        foreach (var record in _store.ClaimAsync(member.Name, maximum, default).Result.OrderBy(record => record.Id, StringComparer.Ordinal))
        {
            if (!_open.TryGetValue(record.Id, out var login))
            {
                _report.Break($"{record.Id} was taken over after its end");
                continue;
            }

            _report.Count("store: take-overs");
            login.OrphanedAt = _clock.Now - Missing(login);
            _report.Most("seconds without an owner", Missing(login).TotalSeconds);
            var known = _protector.Unprotect(record)!;
            Note(login, known);
            taken.Add((login, known));
        }

        _report.Most("claimed at once", taken.Count);
        return taken;
    }

    public void Release(Membership member)
    {
        foreach (var login in _open.Values.Where(login => login.Owner == member.Name))
        {
            _report.Count("store: given back");
            login.Owner = null;
            login.OwnerChangedAt = _clock.Now;
        }

        _ = _store.ReleaseAsync(member.Name, default);
    }

    public void DeleteExpired() => _report.Count("store: deleted", _store.DeleteExpiredAsync(default).Result);

    /// <summary>Looks at all open logins for those that have no living owner, or one that does not work for them.</summary>
    public void Inspect()
    {
        foreach (var login in _open.Values)
        {
            if (Missing(login) is var missing && missing > LongestWithoutOwner)
            {
                _report.Break($"{login.Id} had no owner for {missing} at {_clock.Now}");
            }

            if (login is { IsUnattended: false, State: PendingLoginState.Waiting, Owner: { } owner } && _members[owner] is { GoneSince: null, Node.IsLeaving: false } member
                && !member.Node.Poller.WorksFor(login) && login.ExpiresAt > _clock.Now && _clock.Now - login.OwnerChangedAt > LongestWithoutOwner)
            {
                login.IsUnattended = true;
                _report.Count("logins whose owner does not know of them");
            }
        }
    }

    // How long the login has had no owner that gives a sign of life.
    private TimeSpan Missing(SimulatedLogin login) =>
        login.Owner is null ? _clock.Now - login.OwnerChangedAt : _members[login.Owner].GoneSince is { } since ? _clock.Now - (since > login.OwnerChangedAt ? since : login.OwnerChangedAt) : TimeSpan.Zero;

    private void Note(SimulatedLogin login, PendingLogin record)
    {
        if (login.State is { } before && PendingLogin.IsFinal(before))
        {
            _report.Break($"{login.Id} went from {before} to {record.State}");
        }

        if (login.Owner != record.Owner)
        {
            // Counts from here: an owner that is gone already when it becomes one, too.
            login.OwnerChangedAt = _clock.Now;
        }

        (login.State, login.Owner) = (record.State, record.Owner);
        if (record.IsEnded)
        {
            _report.Count($"end: {record.State}");
            login.Ends++;
        }

        if (record.State == PendingLoginState.Redeemed && ++login.SignIns > 1)
        {
            _report.Break($"{login.Id} was signed in twice");
        }

        if (!login.IsOpen)
        {
            _ = _open.Remove(login.Id);
        }
    }
}
