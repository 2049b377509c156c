using System.Globalization;
using SsoCibaMethod.Polling;

namespace SsoCibaMethod.Tests.Scale;

/// <summary>What is simulated. Rates are for all nodes together.</summary>
internal sealed record ScaleSettings
{
    /// <summary>What the environment asks for; the usual run where it asks for nothing.</summary>
    public static ScaleSettings FromEnvironment() => new()
    {
        Seed = ulong.Parse(Read("SEED") ?? "20261125", CultureInfo.InvariantCulture),
        Nodes = int.Parse(Read("NODES") ?? "1000", CultureInfo.InvariantCulture),
        Logins = int.Parse(Read("LOGINS") ?? "20000", CultureInfo.InvariantCulture),
        Duration = TimeSpan.FromMinutes(int.Parse(Read("MINUTES") ?? "4", CultureInfo.InvariantCulture)),
        SlowWires = int.Parse(Read("SLOW_WIRES") ?? "100", CultureInfo.InvariantCulture),
        LosesStoreAnswers = Read("LOSES_ANSWERS") is not null,
    };

    public ulong Seed { get; init; } = 20261125;

    public int Nodes { get; init; } = 1_000;

    public int Logins { get; init; } = 20_000;

    /// <summary>How long logins arrive.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>How often a minute each kind of trouble befalls a node: it is killed, frozen, cut off from the store, stopped in order.</summary>
    public int TroublesAMinute { get; init; } = 24;

    /// <summary>How many of a hundred nodes are lost in one second, once.</summary>
    public int LostAtOnce { get; init; } = 30;

    /// <summary>How long the OP is out of order, once.</summary>
    public TimeSpan OpOutage { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>One of so many ways to the OP or back is slow.</summary>
    public int SlowWires { get; init; } = 100;

    /// <summary>Whether the store is the product's own; it looks at every record at each claim, which is slow for many.</summary>
    public bool RealStore { get; init; }

    /// <summary>Whether answers of the store get lost together with the way to it.</summary>
    public bool LosesStoreAnswers { get; init; }

    /// <summary>The rule of when a node may send, by the present, the login's deadline and the end of the lease: the product's own, but where a test breaks it.</summary>
    public Func<TimeSpan, TimeSpan, TimeSpan, bool> MaySend { get; init; } = PollSender.MaySend;

    /// <summary>How long after a take-over the first poll comes, for an interval; the product waits one.</summary>
    public Func<TimeSpan, TimeSpan> ResumeAfter { get; init; } = interval => interval;

    /// <summary>Whether a poll under way is broken off when the lease ends.</summary>
    public bool BreaksOff { get; init; } = true;

    /// <summary>Whether to stop at the first rule that is broken.</summary>
    public bool StopsWhenBroken { get; init; }

    private static string? Read(string name) => Environment.GetEnvironmentVariable($"CIBA_SCALE_{name}") is { Length: > 0 } value ? value : null;
}
