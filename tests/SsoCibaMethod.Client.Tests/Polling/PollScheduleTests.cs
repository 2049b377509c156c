namespace SsoCibaMethod.Client.Tests;

/// <summary>When to ask next, an example a rule.</summary>
public sealed class PollScheduleTests
{
    private static readonly TimeSpan Sent = S(1000);
    private static readonly TimeSpan Acknowledged = S(1002);

    [Fact]
    [Trait("Spec", "K-15")]
    public void An_interval_of_31_seconds_holds_before_the_first_poll_and_after_each()
    {
        var schedule = Begin(600, 31);
        Assert.Equal(Acknowledged + S(31), schedule.NextPoll);

        schedule = schedule.AfterPending(schedule.NextPoll, schedule.NextPoll + S(1));
        Assert.Equal(Acknowledged + S(31 + 1 + 31), schedule.NextPoll);
    }

    [Fact]
    [Trait("Spec", "K-16")]
    public void After_a_slow_down_at_5_seconds_10_hold_for_good()
    {
        var schedule = Begin(600, 5).AfterSlowDown(S(1007), S(1007));
        Assert.Equal((S(10), S(1017)), (schedule.Interval, schedule.NextPoll));

        schedule = schedule.AfterPending(S(1017), S(1017)).AfterUnavailable(S(1027), S(1027));
        Assert.Equal((S(10), S(1037)), (schedule.Interval, schedule.NextPoll));
    }

    [Fact]
    [Trait("Spec", "C-62")]
    public void Slow_downs_add_up_and_never_by_less_than_5_seconds()
    {
        var settings = new PollSettings { IntervalIncrease = S(1) };
        var schedule = PollSchedule.Begin(Sent, Acknowledged, new("a", S(600), S(2)), settings);

        Assert.Equal(S(12), schedule.AfterSlowDown(S(1010), S(1010)).AfterSlowDown(S(1020), S(1020)).Interval);
        Assert.Equal(S(2 + 20), PollSchedule.Begin(Sent, Acknowledged, new("a", S(600), S(2)), new PollSettings { IntervalIncrease = S(20) }).AfterSlowDown(S(1010), S(1010)).Interval);
    }

    [Fact]
    [Trait("Spec", "C-53")]
    [Trait("Spec", "I-9")]
    public void Without_an_interval_5_seconds_hold_and_a_smaller_one_of_the_OP_s_is_taken()
    {
        Assert.Equal(S(5), Begin(600, null).Interval);
        Assert.Equal(S(2), Begin(600, 2).Interval);
    }

    [Fact]
    [Trait("Spec", "C-53")]
    public void A_setting_below_5_seconds_does_not_undercut_the_5_the_OP_counts_on() =>
        Assert.Equal(S(5), PollSchedule.Begin(Sent, Acknowledged, new("a", S(600), null), new PollSettings { Interval = S(1) }).Interval);

    [Fact]
    [Trait("Spec", "U-7")]
    public void A_setting_above_5_seconds_holds_where_the_OP_gives_none_and_the_OP_s_own_wins()
    {
        var settings = new PollSettings { Interval = S(7) };

        Assert.Equal(S(7), PollSchedule.Begin(Sent, Acknowledged, new("a", S(600), null), settings).Interval);
        Assert.Equal(S(6), PollSchedule.Begin(Sent, Acknowledged, new("a", S(600), S(6)), settings).Interval);
    }

    [Fact]
    [Trait("Spec", "C-55")]
    public void An_interval_beyond_the_longest_lifetime_is_capped_by_it() => Assert.Equal(TimeSpan.FromMinutes(15), Begin(600, 100_000).Interval);

    [Fact]
    [Trait("Spec", "C-61")]
    [Trait("Spec", "K-7")]
    public void An_answer_that_took_the_interval_or_longer_is_followed_at_once_any_other_by_a_full_interval()
    {
        var schedule = Begin(600, 5);

        Assert.Equal(S(1035), schedule.AfterPending(S(1010), S(1035)).NextPoll);
        Assert.Equal(S(1015), schedule.AfterPending(S(1010), S(1015)).NextPoll);
        Assert.Equal(S(1019.9), schedule.AfterPending(S(1010), S(1014.9)).NextPoll);
    }

    [Fact]
    [Trait("Spec", "C-66")]
    public void Retry_After_lengthens_a_wait_and_never_shortens_one()
    {
        var schedule = Begin(600, 5);

        Assert.Equal(S(1010 + 30), schedule.AfterPending(S(1010), S(1010), S(30)).NextPoll);
        Assert.Equal(S(1010 + 5), schedule.AfterPending(S(1010), S(1010), S(1)).NextPoll);
        Assert.Equal(S(1010 + 10), schedule.AfterSlowDown(S(1010), S(1010), S(1)).NextPoll);
        Assert.Equal(S(1050 + 30), schedule.AfterUnavailable(S(1010), S(1050), S(30)).NextPoll);
    }

    [Fact]
    [Trait("Spec", "C-66")]
    public void A_Retry_After_beyond_the_deadline_leaves_only_the_deadline()
    {
        var schedule = Begin(600, 5).AfterUnavailable(S(1010), S(1010), TimeSpan.MaxValue);

        Assert.Equal(schedule.Deadline, schedule.Due);
    }

    [Fact]
    [Trait("Spec", "C-64")]
    public void Failures_in_a_row_wait_longer_each_up_to_30_seconds_and_an_answer_forgets_them()
    {
        var schedule = Begin(600, 1);
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            schedule = schedule.AfterUnavailable(S(1100), S(1100));
            waits.Add((schedule.NextPoll - S(1100)).TotalSeconds);
        }

        Assert.Equal([1, 2, 4, 8, 16, 30, 30, 30], waits);
        Assert.Equal((8, 0), (schedule.Failures, schedule.AfterPending(S(1200), S(1200)).Failures));
    }

    [Fact]
    [Trait("Spec", "C-66")]
    public void A_Retry_After_shorter_than_the_pause_after_failures_does_not_shorten_it()
    {
        var failed = Begin(600, 1).AfterUnavailable(S(1100), S(1100)).AfterUnavailable(S(1100), S(1100)).AfterUnavailable(S(1100), S(1100));

        Assert.Equal(S(1100 + 8), failed.AfterUnavailable(S(1100), S(1100), S(3)).NextPoll);
        Assert.Equal(S(1100 + 9), failed.AfterUnavailable(S(1100), S(1100), S(9)).NextPoll);
    }

    [Fact]
    public void Enough_failures_in_a_row_give_the_login_up()
    {
        var schedule = PollSchedule.Begin(Sent, Acknowledged, new("a", S(600), S(5)), new PollSettings { MaximumConsecutiveFailures = 3 });
        schedule = schedule.AfterUnavailable(S(1010), S(1010)).AfterUnavailable(S(1020), S(1020));
        Assert.False(schedule.IsGivenUp);

        Assert.True(schedule.AfterUnavailable(S(1030), S(1030)).IsGivenUp);
        Assert.False(schedule.AfterPending(S(1030), S(1030)).AfterUnavailable(S(1040), S(1040)).IsGivenUp);
    }

    [Fact]
    [Trait("Spec", "C-52")]
    public void The_deadline_counts_from_the_sending_and_is_capped()
    {
        Assert.Equal(Sent + S(120), Begin(120, 5).Deadline);
        Assert.Equal(Sent + TimeSpan.FromMinutes(15), Begin(3600, 5).Deadline);
    }

    [Fact]
    [Trait("Spec", "C-70")]
    public void The_next_poll_is_due_or_the_deadline_if_that_comes_first()
    {
        Assert.Equal(Acknowledged + S(5), Begin(600, 5).Due);
        Assert.Equal(Sent + S(3), Begin(3, 5).Due);
    }

    [Fact]
    public void A_login_taken_over_waits_one_interval_and_keeps_its_deadline()
    {
        var schedule = PollSchedule.Resume(S(2000), S(10), S(60), new PollSettings());

        Assert.Equal((S(10), S(2010), S(2060)), (schedule.Interval, schedule.NextPoll, schedule.Deadline));
    }

    [Fact]
    [Trait("Spec", "C-84")]
    public void A_login_taken_over_behind_ping_waits_for_the_call_again_after_its_first_poll()
    {
        var schedule = PollSchedule.Resume(S(2000), S(10), S(600), new PollSettings().For(TokenDeliveryMode.Ping));

        Assert.Equal(S(2010), schedule.NextPoll);
        Assert.Equal(S(2010 + 30), schedule.AfterPending(S(2010), S(2010)).NextPoll);
    }

    [Fact]
    [Trait("Spec", "C-83")]
    public void A_ping_right_after_a_take_over_does_not_break_the_interval_that_another_node_s_poll_may_have_begun() =>
        Assert.Equal(S(2010), PollSchedule.Resume(S(2000), S(10), S(600), new PollSettings().For(TokenDeliveryMode.Ping)).AfterPing(S(2001)).NextPoll);

    [Fact]
    [Trait("Spec", "C-84")]
    public void Behind_ping_the_fallback_interval_holds_where_it_is_the_longer_one()
    {
        Assert.Equal(Acknowledged + S(30), BehindPing(5).NextPoll);
        Assert.Equal(Acknowledged + S(45), BehindPing(45).NextPoll);
        Assert.Equal(S(5), BehindPing(5).Interval);
        Assert.Equal(S(1063), BehindPing(5).AfterPending(S(1032), S(1033)).NextPoll);
        Assert.Equal(S(1063), BehindPing(5).AfterUnavailable(S(1032), S(1033)).NextPoll);
        Assert.Equal(S(1062), BehindPing(5).AfterPending(S(1032), S(1062)).NextPoll);
    }

    [Fact]
    [Trait("Spec", "C-83")]
    public void A_ping_is_followed_at_once_but_never_within_the_interval_of_an_answer()
    {
        Assert.Equal(S(1003), BehindPing(5).AfterPing(S(1003)).NextPoll);

        var polled = BehindPing(5).AfterPending(S(1032), S(1033));
        Assert.Equal(S(1038), polled.AfterPing(S(1034)).NextPoll);
        Assert.Equal(S(1050), polled.AfterPing(S(1050)).NextPoll);
        Assert.Equal(S(1043), BehindPing(5).AfterSlowDown(S(1032), S(1033)).AfterPing(S(1034)).NextPoll);
        Assert.Equal(S(1053), BehindPing(5).AfterUnavailable(S(1032), S(1033), S(20)).AfterPing(S(1034)).NextPoll);
    }

    [Fact]
    public void The_slow_interval_is_that_of_ping_alone_and_one_that_is_set_wins()
    {
        Assert.Equal(S(30), new PollSettings().For(TokenDeliveryMode.Ping).FallbackInterval);
        Assert.Equal(TimeSpan.Zero, new PollSettings().For(TokenDeliveryMode.Poll).FallbackInterval);
        Assert.Equal(S(60), new PollSettings { FallbackInterval = S(60) }.For(TokenDeliveryMode.Ping).FallbackInterval);
    }

    [Fact]
    public void A_ping_never_makes_the_next_poll_later() => Assert.Equal(S(1032), BehindPing(5).AfterPing(S(1040)).NextPoll);

    [Fact]
    public void Once_pinged_the_interval_alone_holds() => Assert.Equal(S(1010), BehindPing(5).AfterPing(S(1004)).AfterPending(S(1004), S(1005)).NextPoll);

    [Fact]
    [Trait("Spec", "C-84")]
    public void Behind_ping_one_poll_leaves_before_the_end_since_a_call_that_was_lost_is_not_repeated()
    {
        Assert.Equal(S(1015), BehindPing(5, lifetime: 20).NextPoll);
        Assert.Equal(S(1055), BehindPing(5, lifetime: 60).AfterPending(S(1032), S(1033)).NextPoll);
        Assert.Equal(S(1007), BehindPing(5, lifetime: 8).NextPoll);
    }

    [Fact]
    public void Nothing_begins_without_an_acknowledgement_and_settings()
    {
        Assert.Equal("acknowledgement", Assert.Throws<ArgumentNullException>(() => PollSchedule.Begin(Sent, Acknowledged, null!, new PollSettings())).ParamName);
        Assert.Equal("settings", Assert.Throws<ArgumentNullException>(() => PollSchedule.Begin(Sent, Acknowledged, new("a", S(600), null), null!)).ParamName);
        Assert.Equal("settings", Assert.Throws<ArgumentNullException>(() => PollSchedule.Resume(Sent, S(5), S(600), null!)).ParamName);
    }

    private static PollSchedule BehindPing(double interval, double lifetime = 600) =>
        PollSchedule.Begin(Sent, Acknowledged, new("a", S(lifetime), S(interval)), new PollSettings().For(TokenDeliveryMode.Ping));

    private static PollSchedule Begin(double lifetime, double? interval) =>
        PollSchedule.Begin(Sent, Acknowledged, new("a", S(lifetime), interval is { } seconds ? S(seconds) : null), new PollSettings());

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);
}
