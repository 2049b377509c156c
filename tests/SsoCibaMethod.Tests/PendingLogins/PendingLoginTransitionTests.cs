using SsoCibaMethod.Client;
using SsoCibaMethod.PendingLogins;
using static SsoCibaMethod.PendingLogins.PendingLoginState;
using static SsoCibaMethod.Tests.PendingLogins.SampleLogin;

namespace SsoCibaMethod.Tests.PendingLogins;

/// <summary>What each transition changes of a login; what a test does not name stays as it was.</summary>
public class PendingLoginTransitionTests
{
    private static readonly DateTimeOffset Deadline = Now.AddMinutes(5);

    internal static ApprovedAnswer Answer { get; } = new(new TokenSet { IdToken = "a.b.c", AccessToken = "access", TokenType = "Bearer" }, "a.b.c");

    [Fact]
    [Trait("Spec", "C-54")]
    public void An_acknowledgement_is_kept_and_the_page_goes_on_to_show_the_code()
    {
        var starting = In(Starting);

        Assert.Equal(
            Next(starting, Waiting) with
            {
                Deadline = Deadline,
                Details = starting.Details with
                {
                    AuthReqId = Ticket,
                    Interval = TimeSpan.FromSeconds(9),
                    RequestedAt = Now,
                    ExpiresAt = Deadline,
                    MessageKey = null,
                    BindingMessage = "BCDFGH",
                },
            },
            starting.Acknowledge(Ticket, TimeSpan.FromSeconds(9), Now, Deadline));
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(5, 5)]
    public void The_client_that_was_asked_is_kept_where_it_is_known(int client, int kept) =>
        Assert.Equal(kept, In(Starting).Acknowledge(Ticket, TimeSpan.FromSeconds(5), Now, Deadline, client)!.Details.ClientFingerprint);

    [Theory]
    [InlineData(Ticket, true)]
    [InlineData("another", false)]
    [Trait("Spec", "C-87")]
    public void A_call_that_came_before_the_acknowledgement_counts_if_it_is_about_the_same_request(string authReqId, bool counts)
    {
        var called = In(Starting).Notify(new ReceivedNotification(authReqId, Now))!;

        Assert.Equal(counts, called.Acknowledge(Ticket, TimeSpan.FromSeconds(5), Now, Deadline)!.Details.Notification is not null);
    }

    [Fact]
    public void Whoever_sends_the_request_is_given_less_time_and_never_more()
    {
        var starting = In(Starting);

        Assert.Equal(Next(starting, Starting) with { Deadline = Now.AddSeconds(10) }, starting.Hurry(Now.AddSeconds(10)));
        Assert.Null(starting.Hurry(starting.Deadline));
        Assert.Null(starting.Hurry(starting.Deadline.AddSeconds(1)));
    }

    [Fact]
    [Trait("Spec", "S-28")]
    public void A_pretended_wait_is_like_one_but_nobody_can_call_for_it()
    {
        var starting = In(Starting).Notify(new ReceivedNotification(Ticket, Now))!;

        Assert.Equal(
            Next(starting, Waiting) with
            {
                Deadline = Deadline,
                Details = starting.Details with { RequestedAt = starting.StartedAt, ExpiresAt = Deadline, MessageKey = null, NotificationTokenHash = null, Notification = null },
            },
            starting.Pretend(Deadline));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("INVALID_CREDENTIALS", 1)]
    [Trait("Spec", "U-22")]
    [Trait("Spec", "U-23")]
    public void Where_a_code_is_needed_nobody_works_on_it_until_it_is_typed_and_a_wrong_one_is_counted(string? messageKey, int wrong)
    {
        var starting = In(Starting).With(details => details with { WrongUserCodes = 2 }).Notify(new ReceivedNotification(Ticket, Now))!;

        Assert.Equal(
            Next(starting, UserCodeNeeded) with
            {
                Deadline = Deadline,
                Owner = null,
                Details = starting.Details with { MessageKey = messageKey, WrongUserCodes = 2 + wrong, NotificationTokenHash = null, Notification = null },
            },
            starting.NeedUserCode(messageKey, Deadline));
    }

    [Fact]
    [Trait("Spec", "C-17")]
    public void With_the_code_it_starts_again_on_the_node_that_got_it()
    {
        var asked = In(UserCodeNeeded);

        Assert.Equal(
            Next(asked, Starting) with
            {
                Deadline = Deadline,
                Owner = "another node",
                Details = asked.Details with { DeliveryMode = TokenDeliveryMode.Push, NotificationTokenHash = "new" },
            },
            asked.SendUserCode("another node", Deadline, TokenDeliveryMode.Push, "new"));
    }

    [Fact]
    [Trait("Spec", "C-85")]
    public void The_first_call_of_the_OP_counts_and_none_for_a_wait_that_only_looks_like_one()
    {
        var call = new ReceivedNotification(Ticket, Now);
        var waiting = In(Waiting);
        var called = waiting.Notify(call)!;

        Assert.Equal(Next(waiting, Waiting) with { Details = waiting.Details with { Notification = call } }, called);
        Assert.Equal(Starting, In(Starting).Notify(call)!.State);
        Assert.Null(called.Notify(new ReceivedNotification(Ticket, Now)));
        Assert.Null(waiting.With(details => details with { AuthReqId = null }).Notify(call));
    }

    [Fact]
    [Trait("Spec", "C-62")]
    public void A_slow_down_lasts()
    {
        var waiting = In(Waiting);

        Assert.Equal(Next(waiting, Waiting) with { Details = waiting.Details with { Interval = TimeSpan.FromSeconds(10) } }, waiting.SlowDown(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    [Trait("Spec", "S-12")]
    public void An_approval_is_parked_for_the_browser()
    {
        var waiting = In(Waiting).Notify(new ReceivedNotification(Ticket, Now))!;

        Assert.Equal(
            Next(waiting, Approved) with { Deadline = Deadline, Owner = null, Details = waiting.Details with { Answer = Answer, TokensReceivedAt = Now, Notification = null } },
            waiting.Approve(Answer, Now, Deadline));
    }

    [Fact]
    [Trait("Spec", "S-13")]
    public void What_was_redeemed_serves_a_repeated_request_for_half_a_minute()
    {
        var approved = In(Approved);

        Assert.Equal(Next(approved, Redeemed) with { Deadline = Now.AddSeconds(30), EndedAt = Now, Owner = null }, approved.Redeem(Now));
    }

    [Fact]
    [Trait("Spec", "S-41")]
    public void What_a_limit_refused_says_when_to_try_again_and_counts_for_its_hint_no_longer()
    {
        var starting = In(Starting);

        Assert.Equal(
            Next(starting, Failed) with
            {
                Deadline = Now.AddSeconds(30),
                EndedAt = Now,
                Owner = null,
                HintHash = 0,
                Details = starting.Details with { MessageKey = "TOO_MANY_TRIES", RetryAt = Deadline, NotificationTokenHash = null },
            },
            starting.Refuse(Deadline, "TOO_MANY_TRIES", Now));
    }

    [Theory]
    [InlineData("Shop: BCDFGH", "BCDFGH")]
    [InlineData("BCDFGH", null)]
    [InlineData(null, null)]
    [Trait("Spec", "I-1")]
    public void A_binding_message_with_more_than_the_code_can_be_cut_to_the_code(string? message, string? bare)
    {
        var starting = In(Starting).With(details => details with { BindingMessage = message });

        Assert.Equal(bare is null ? null : starting.With(details => details with { BindingMessage = bare }), starting.WithBareCode());
    }

    private static PendingLogin Next(PendingLogin login, PendingLoginState state) => login with { State = state, Version = login.Version + 1 };
}
