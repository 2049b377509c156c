using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Protection;

namespace SsoCibaMethod.Tests.Protection;

/// <summary>The rule of how often a login may be started, as a table: what was started before, in minutes ago, and what is said to one more.</summary>
[Trait("Spec", "S-41")]
public class StartLimitTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static TheoryData<string, string> Rules => new()
    {
        // Nothing, and not enough.
        { "", "yes" },
        { "failed 1, failed 0", "yes" },

        // Three within five minutes, however they ended; then a minute each, twice as long with each further one, five at most.
        { "expired 4, cancelled 3, redeemed 0.5", "no, 0:30, Started" },
        { "failed 4, failed 3, failed 1", "yes" },
        { "failed 4, failed 3, failed 2, failed 0.5", "no, 1:00, Started" },
        { "failed 4, failed 3, failed 2.9, failed 2", "yes" },
        { "failed 4.5, failed 4.5, failed 4.5, failed 2, failed 0", "no, 0:30, Started" },
        { "failed 0, failed 0, failed 0, failed 0, failed 0, failed 0, failed 0, failed 0", "no, 5:00, Started" },

        // What has left the window counts no longer, and who waits for that need not wait longer.
        { "failed 5, failed 4, failed 0", "yes" },
        { "failed 9, failed 8, failed 7, failed 0", "yes" },
        { "failed 4.9, failed 0.1, failed 0", "no, 0:06, Started" },
        { "failed 4.9, failed 3, failed 2, failed 1.5", "no, 0:06, Started" },

        // So many may wait at a time, however long ago they were started; a request that is being sent and a code that is being typed wait too.
        { "starting 14 for 1, usercodeneeded 13 for 2, waiting 12 for 3", "yes" },
        { "waiting 14 for 3, waiting 13 for 4, waiting 12 for 2", "no, 2:00, Waiting" },
        { "waiting 14 for 3, waiting 13 for 4, waiting 12 for 2, waiting 11 for 5", "no, 3:00, Waiting" },
        { "starting 14 for 1, waiting 13 for 2, waiting 12 for 3", "no, 1:00, Waiting" },
        { "waiting 14 for 3, waiting 13 for 4, expired 12", "yes" },
        { "waiting 14 for 3, waiting 13 for 4, approved 12 for 9", "yes" },

        // One past its end that nobody has looked at waits no longer.
        { "waiting 14 for 3, waiting 13 for 4, usercodeneeded 12 for 0", "yes" },

        // After a decline a minute, after two two; it counts from the decline.
        { "declined 0", "no, 1:00, Declined" },
        { "declined 4 at 0.5", "no, 0:30, Declined" },
        { "declined 8 at 0.5", "no, 0:30, Declined" },
        { "declined 1", "yes" },
        { "declined 2, declined 0", "no, 2:00, Declined" },
        { "declined 6 at 3, declined 5 at 2, declined 4 at 1", "no, 2:00, Declined" },
        { "declined 6 at 4.9, declined 0", "no, 1:00, Declined" },
        { "declined 9 at 5, declined 8 at 1.5", "yes" },

        // The longest of them is told.
        { "failed 1, failed 1, declined 0.5", "no, 0:30, Started" },
        { "waiting 0 for 4, waiting 0 for 4, waiting 0 for 4", "no, 4:00, Waiting" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_start_is_judged_by_what_was_started_before(string before, string verdict) =>
        Assert.Equal(verdict, Verdict(new StartLimit("PerHint", 3, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1)), before));

    [Theory]
    [InlineData("failed 4, failed 3, failed 1", "no, 1:00, Started")]
    [InlineData("declined 0", "yes")]
    public void Without_a_cooldown_the_window_alone_counts(string before, string verdict) =>
        Assert.Equal(verdict, Verdict(new StartLimit("PerHint", 3, TimeSpan.FromMinutes(5), TimeSpan.Zero), before));

    [Theory]
    [InlineData("failed 4, failed 3, failed 1", "no, 1:00, Started")]
    [InlineData("waiting 4.9 for 9, waiting 4 for 9, waiting 0 for 9", "no, 0:06, Started")]
    [InlineData("waiting 5 for 9, waiting 4 for 9, waiting 0 for 9", "yes")]
    [InlineData("failed 4, failed 3, failed 2, failed 1", "no, 2:00, Started")]
    [InlineData("declined 0", "yes")]
    public void A_limit_of_the_window_counts_starts_alone(string before, string verdict) =>
        Assert.Equal(verdict, Verdict(StartLimit.OfWindow("PerAddress", 3, TimeSpan.FromMinutes(5)), before));

    // The wait doubles with each further start, so that 64 of them reach any window; a limit of the window knows no doubling.
    [Fact]
    public void So_many_starts_are_to_be_known_as_can_change_something()
    {
        Assert.Equal(3 + 64, new StartLimit("PerHint", 3, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1)).Memory);
        Assert.Equal(3, StartLimit.OfWindow("PerAddress", 3, TimeSpan.FromMinutes(5)).Memory);
    }

    [Fact]
    public void A_refusal_names_the_setting() =>
        Assert.Equal("PerBrowser", new StartLimit("PerBrowser", 1, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1)).Refusal([Start("failed 0")], Now)!.Limit);

    private static string Verdict(StartLimit limit, string before) =>
        limit.Refusal([.. before.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(Start)], Now) is { } refusal
            ? $"no, {refusal.RetryIn:m\\:ss}, {refusal.Reason}"
            : "yes";

    // "state minutes-ago", with "for" so many minutes more, or ended "at" so many minutes ago; else it ended when it began.
    private static PendingLoginStart Start(string text)
    {
        var parts = text.Split(' ');
        var startedAt = Now - Minutes(parts[1]);
        return new(
            Enum.Parse<PendingLoginState>(parts[0], ignoreCase: true),
            startedAt,
            parts.Length < 4 ? startedAt : parts[2] == "for" ? Now + Minutes(parts[3]) : Now - Minutes(parts[3]));
    }

    private static TimeSpan Minutes(string text) => TimeSpan.FromMinutes(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
}
