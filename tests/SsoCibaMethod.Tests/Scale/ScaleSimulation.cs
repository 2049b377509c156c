using SsoCibaMethod.Client;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Tests.Scale;

/// <summary>
/// Many nodes, one store and one OP on a virtual clock. Schedule, transitions, constants of ownership and the rule of when to send are the product's own; sequence and threads of
/// the poller are written down once more, as events.
/// </summary>
internal sealed class ScaleSimulation
{
    /// <summary>When every node is there.</summary>
    public static readonly TimeSpan AllJoined = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(120);

    // Beyond every deadline, also that of tokens that are still being judged.
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(260);

    private readonly List<SimulatedNode> _nodes = [];
    private int _members;

    public ScaleSimulation(ScaleSettings settings)
    {
        Settings = settings;
        Chance = new Chance(settings.Seed, settings.SlowWires);
        Store = new SimulatedStore(settings, Clock, Report) { Tell = Tell };
        Op = new SimulatedOp(settings, Clock, Chance, Report) { OutageAt = settings.Duration * 0.6 };
    }

    public ScaleSettings Settings { get; }

    public VirtualClock Clock { get; } = new();

    public Chance Chance { get; }

    public ScaleReport Report { get; } = new();

    public SimulatedStore Store { get; }

    public SimulatedOp Op { get; }

    public ScaleReport Run()
    {
        for (var i = 0; i < Settings.Nodes; i++)
        {
            Clock.After(Chance.Between(0, AllJoined.TotalSeconds), AddNode);
        }

        for (var i = 0; i < Settings.Logins; i++)
        {
            var login = new SimulatedLogin(i) { IsHeld = Chance.OneIn(10), Interval = TimeSpan.FromSeconds(Chance.OneIn(5) ? 2 : 5) };
            Clock.At(Chance.Between(4, Settings.Duration.TotalSeconds), () => Arrive(login));
        }

        new Troubles(this, _nodes).Begin(AddNode);
        Clock.After(TimeSpan.FromSeconds(5), Inspect);
        Clock.Run(Settings.Duration + LastLook + TimeSpan.FromSeconds(20), () => Settings.StopsWhenBroken && Report.BrokenCount > 0);
        if (Store.Pending > 0)
        {
            Report.Break($"{Store.Pending} logins never ended");
        }

        Report.Count("events", Clock.Events);
        return Report;
    }

    public Membership NewMember(SimulatedNode node)
    {
        var member = new Membership($"node-{_members++}", node);
        Store.Know(member);
        return member;
    }

    /// <summary>A login comes to be; its browser will cancel or not, and looks a last time.</summary>
    public bool Create(SimulatedLogin login, PendingLogin starting)
    {
        if (Chance.OneIn(30))
        {
            Clock.After(Chance.Between(1, 60), () => Store.Change(login, "store: ended", current => current.Cancel(Clock.GetUtcNow())));
        }

        Clock.After(LastLook, () =>
        {
            Store.Look(login);
            if (login.Ends != 1)
            {
                Report.Break($"{login.Id} ended {login.Ends} times, and is {login.State}");
            }
        });
        return Store.Create(login, starting);
    }

    /// <summary>The backchannel authentication request.</summary>
    public void Ask(SimulatedLogin login, SimulatedNode node)
    {
        var sentAt = Clock.Now;
        Clock.After(Chance.Wire() + Chance.OpWork(), () =>
        {
            if (Op.IsOut)
            {
                node.After(Chance.Wire(), () => node.Poller.NotStarted(login));
                return;
            }

            login.LastArrival = login.LastAnswer = Clock.Now;
            login.ExpiresAt = Clock.Now + Lifetime;
            login.IsApproval = !Chance.OneIn(10);
            login.DecidedAt = Chance.OneIn(12) ? TimeSpan.MaxValue : Clock.Now + TimeSpan.FromSeconds(3) + Chance.Exponential(35);
            var answer = new BackchannelAuthenticationResponse.Acknowledged(login.Id, Lifetime, login.Interval);
            node.After(Chance.Wire(), () => node.Poller.Acknowledged(login, sentAt, answer));
        });
    }

    /// <summary>The validated answer is parked; the browser, in one tab or two, fetches the sign-in.</summary>
    public PendingLogin? Approve(SimulatedLogin login, DateTimeOffset receivedAt, DateTimeOffset deadline)
    {
        var approved = Store.Change(login, "store: approved", current => current.Approve(new ApprovedAnswer(null!, ""), receivedAt, deadline));
        for (var tabs = approved is null ? 0 : Chance.OneIn(20) ? 2 : 1; tabs > 0; tabs--)
        {
            Clock.After(Chance.Between(0.01, 0.5), () => Store.Change(login, "store: redeemed", current => current.Redeem(Clock.GetUtcNow())));
        }

        return approved;
    }

    private void AddNode()
    {
        var node = new SimulatedNode(this);
        _nodes.Add(node);
        node.Join();
    }

    // A load balancer knows who is stopping or gone, not who is frozen.
    private void Arrive(SimulatedLogin login)
    {
        var node = _nodes[Chance.Below(_nodes.Count)];
        node.Run(() => node.Poller.Start(login));
    }

    private void Tell(Membership told, SimulatedLogin login) => told.Node.After(Chance.Between(0.0002, 0.05), () => told.Node.Poller.Review(login));

    private void Inspect()
    {
        Store.Inspect();
        Clock.After(TimeSpan.FromSeconds(5), Inspect);
    }
}
