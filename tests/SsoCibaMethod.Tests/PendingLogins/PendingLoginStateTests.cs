using SsoCibaMethod.Client;
using SsoCibaMethod.PendingLogins;
using static SsoCibaMethod.PendingLogins.PendingLoginState;
using static SsoCibaMethod.Tests.PendingLogins.SampleLogin;

namespace SsoCibaMethod.Tests.PendingLogins;

/// <summary>Which transition leaves which state, and what a state says of a login.</summary>
public class PendingLoginStateTests
{
    private static readonly PendingLoginState[] Open = [Starting, UserCodeNeeded, Waiting, Approved];

    private static readonly Dictionary<string, (PendingLoginState[] From, Func<PendingLogin, PendingLogin?> Apply)> Transitions = new()
    {
        [nameof(PendingLogin.Acknowledge)] = ([Starting], login => login.Acknowledge(Ticket, TimeSpan.FromSeconds(5), Now, Now.AddMinutes(5))),
        [nameof(PendingLogin.Hurry)] = ([Starting], login => login.Hurry(Now.AddSeconds(10))),
        [nameof(PendingLogin.Pretend)] = ([Starting], login => login.Pretend(Now.AddMinutes(5))),
        [nameof(PendingLogin.NeedUserCode)] = ([Starting], login => login.NeedUserCode(null, Now.AddMinutes(5))),
        [nameof(PendingLogin.SendUserCode)] = ([UserCodeNeeded], login => login.SendUserCode("node", Now.AddMinutes(5), TokenDeliveryMode.Poll, null)),
        [nameof(PendingLogin.Notify)] = ([Starting, Waiting], login => login.Notify(new ReceivedNotification(Ticket, Now))),
        [nameof(PendingLogin.SlowDown)] = ([Waiting], login => login.SlowDown(TimeSpan.FromSeconds(10))),
        [nameof(PendingLogin.Approve)] = ([Waiting], login => login.Approve(PendingLoginTransitionTests.Answer, Now, Now.AddMinutes(5))),
        [nameof(PendingLogin.Redeem)] = ([Approved], login => login.Redeem(Now)),
        [nameof(PendingLogin.Refuse)] = ([Starting], login => login.Refuse(Now.AddMinutes(1), "TOO_MANY_TRIES", Now)),
        [nameof(PendingLogin.Cancel)] = (Open, login => login.Cancel(Now)),
        [nameof(PendingLogin.MakeWay)] = (Open, login => login.MakeWay(Now)),
        [nameof(PendingLogin.End)] = (Open, login => login.End(Declined, "LOGIN_CANCEL", Now)),
    };

    public static TheoryData<string, PendingLoginState> Cases
    {
        get
        {
            var cases = new TheoryData<string, PendingLoginState>();
            foreach (var transition in Transitions.Keys)
            {
                foreach (var state in Enum.GetValues<PendingLoginState>())
                {
                    cases.Add(transition, state);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    [Trait("Spec", "S-13")]
    [Trait("Spec", "S-24")]
    public void A_transition_leaves_the_states_it_is_for_and_no_other_and_counts_as_a_change(string transition, PendingLoginState state)
    {
        var (from, apply) = Transitions[transition];

        Assert.Equal(from.Contains(state) ? (long?)8 : null, apply(In(state))?.Version);
    }

    [Fact]
    public void Every_transition_is_among_those_tested() => Assert.Equal(
        typeof(PendingLogin).GetMethods().Where(method => method.ReturnType == typeof(PendingLogin) && method.Name is not (nameof(PendingLogin.WithBareCode) or "<Clone>$")).Select(method => method.Name).Order(),
        Transitions.Keys.Order());

    [Theory]
    [InlineData(Starting, false)]
    [InlineData(UserCodeNeeded, false)]
    [InlineData(Waiting, false)]
    [InlineData(Approved, false)]
    [InlineData(Redeemed, true)]
    [InlineData(Declined, true)]
    [InlineData(Expired, true)]
    [InlineData(Cancelled, true)]
    [InlineData(Failed, true)]
    public void Five_states_are_final(PendingLoginState state, bool isFinal) => Assert.Equal((isFinal, isFinal), (PendingLogin.IsFinal(state), In(state).IsEnded));

    [Fact]
    public void What_came_in_time_is_judged_to_its_end_so_a_wait_is_abandoned_80_seconds_after_its_deadline()
    {
        Assert.Equal(Now.AddSeconds(60 + 80), In(Waiting).AbandonedAt);
        Assert.Equal(Now.AddSeconds(60), In(Waiting).With(details => details with { AuthReqId = null }).AbandonedAt);
        Assert.Equal(Now.AddSeconds(60), In(Starting).AbandonedAt);
        Assert.Equal(Now.AddSeconds(60), In(Approved).AbandonedAt);
    }

    [Fact]
    [Trait("Spec", "S-28")]
    public void A_login_that_waits_without_auth_req_id_only_looks_as_if_it_waited()
    {
        Assert.True(In(Waiting).With(details => details with { AuthReqId = null }).IsDecoy);
        Assert.False(In(Waiting).IsDecoy);
        Assert.False(In(Starting).IsDecoy);
    }

    [Theory]
    [InlineData(Starting, 3)]
    [InlineData(Waiting, 3)]
    [InlineData(UserCodeNeeded, 1)]
    [InlineData(Approved, 1)]
    [InlineData(Declined, -1)]
    public void It_ends_when_it_ended_or_as_long_as_it_may_still_wait_when_the_page_says(PendingLoginState state, int minutes)
    {
        Assert.Equal(Now.AddMinutes(minutes), In(state).With(details => details with { ShownUntil = Now.AddMinutes(3) }).EndsAt);
        Assert.Equal(Now.AddMinutes(minutes > 0 ? 1 : minutes), In(state).EndsAt);
    }

    [Fact]
    public void Whether_a_phone_rang_is_known_by_the_acknowledgement()
    {
        Assert.True(In(Waiting).WasAcknowledged);
        Assert.False(In(Starting).WasAcknowledged);
    }

    [Fact]
    [Trait("Spec", "C-86")]
    public void A_call_is_about_a_login_whose_auth_req_id_it_names_also_when_that_has_ended()
    {
        Assert.True(In(Waiting).IsAbout(Ticket));
        Assert.False(In(Waiting).IsAbout("another"));
        Assert.Null(In(Starting).IsAbout(Ticket));

        var ended = In(Waiting).Cancel(Now)!;
        Assert.Equal((true, false), (ended.IsAbout(Ticket), ended.IsAbout("another")));
    }

    [Fact]
    [Trait("Spec", "S-52")]
    public void It_prints_its_method_reference_and_state_alone() => Assert.Equal("Ciba ref1 Waiting", In(Waiting).ToString());
}
