using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Protection;

/// <summary>
/// The rule of how often a login may be started with one thing, and nothing else: given what was started with it before, it says whether one more may be, and if not,
/// when (NIST SP 800-63B-4, a limit on the rate of pushes).
/// </summary>
/// <param name="Name">The setting that holds the number.</param>
/// <param name="Number">How many may wait at a time, and how many may be started within the window before each further one has to wait.</param>
/// <param name="Window">How far back starts and declines count.</param>
/// <param name="Cooldown">How long the first further start, or the one after a decline, has to wait; twice as long each time, up to the window. Zero: only the window counts.</param>
internal sealed record StartLimit(string Name, int Number, TimeSpan Window, TimeSpan Cooldown)
{
    // The shortest wait, doubled so often, is longer than any window; what lies further back changes nothing.
    private const int Doublings = 64;

    /// <summary>How many starts have to be known.</summary>
    public int Memory => IsOfWindowOnly ? Number : Number + Doublings;

    // How many wait, and how often somebody declined, says nothing.
    private bool IsOfWindowOnly { get; init; }

    /// <summary>A limit on how many may be started within a window, and on nothing else.</summary>
    public static StartLimit OfWindow(string name, int number, TimeSpan window) => new(name, number, window, TimeSpan.Zero) { IsOfWindowOnly = true };

    /// <returns>Why not now; <see langword="null"/> where nothing is against it.</returns>
    public StartRefusal? Refusal(IReadOnlyCollection<PendingLoginStart> before, DateTimeOffset now)
    {
        var rules = new (StartRefusalReason Reason, DateTimeOffset From)[]
        {
            (StartRefusalReason.Waiting, IsOfWindowOnly ? now : FreeFrom(before, now)),
            (StartRefusalReason.Started, RestedFrom(before.Select(start => start.StartedAt), Number, now)),
            (StartRefusalReason.Declined, Cooldown == TimeSpan.Zero ? now : RestedFrom(before.Where(start => start.State == PendingLoginState.Declined).Select(start => start.EndsAt), 1, now)),
        };
        var (reason, from) = rules.MaxBy(rule => rule.From);
        return from > now ? new StartRefusal(Name, reason, from - now) : null;
    }

    // A login past its end waits no longer, also where nobody has noticed yet.
    private DateTimeOffset FreeFrom(IEnumerable<PendingLoginStart> before, DateTimeOffset now)
    {
        var ends = before.Where(start => IsOpen(start.State) && start.EndsAt > now).Select(start => start.EndsAt).Order().ToArray();
        return ends.Length < Number ? now : ends[^Number];
    }

    // Where the user's code is still to be typed no phone has rung, and a stranger who never types it may not keep a place.
    private static bool IsOpen(PendingLoginState state) => state is PendingLoginState.Starting or PendingLoginState.Waiting;

    /// <summary>From when on one more may follow on events of which so many are free: when enough of them have left the window, or the last one is long enough ago for those that have not.</summary>
    private DateTimeOffset RestedFrom(IEnumerable<DateTimeOffset> events, int free, DateTimeOffset now)
    {
        var times = events.Where(at => at > now - Window).Order().ToArray();
        var from = now;
        for (var gone = 0; times.Length - gone >= free; gone++)
        {
            var rested = times[^1] + Rest(times.Length - gone - free);
            if (rested < times[gone] + Window)
            {
                return rested > from ? rested : from;
            }

            from = times[gone] + Window;
        }

        return from;
    }

    private TimeSpan Rest(int further) => Cooldown == TimeSpan.Zero ? Window : TimeSpan.FromTicks((long)Math.Min(Window.Ticks, Math.ScaleB(Cooldown.Ticks, further)));
}
