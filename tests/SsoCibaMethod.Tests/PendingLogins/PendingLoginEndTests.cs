using SsoCibaMethod.PendingLogins;
using static SsoCibaMethod.PendingLogins.PendingLoginState;
using static SsoCibaMethod.Tests.PendingLogins.SampleLogin;

namespace SsoCibaMethod.Tests.PendingLogins;

/// <summary>How a login ends without a sign-in, and where the page must not tell that it has.</summary>
public class PendingLoginEndTests
{
    [Fact]
    [Trait("Spec", "S-24")]
    public void An_end_keeps_for_ten_minutes_how_it_was_and_nothing_that_could_still_be_used()
    {
        var approved = In(Approved).With(details => details with { Answer = PendingLoginTransitionTests.Answer, Notification = new ReceivedNotification(Ticket, Now) });

        Assert.Equal(Ended(approved, Cancelled, "LOGIN_CANCELLED", Now), approved.Cancel(Now));
        Assert.Equal(Ended(approved, Cancelled, "LOGIN_AGAIN", Now), approved.MakeWay(Now));
        Assert.Equal(Ended(approved, Declined, "LOGIN_CANCEL", Now), approved.End(Declined, "LOGIN_CANCEL", Now));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(0, true)]
    [InlineData(-1, true)]
    [Trait("Spec", "S-28")]
    public void What_has_expired_before_the_page_says_so_goes_on_to_look_as_if_it_waited(int shownForMinutes, bool isEnded)
    {
        var until = Now.AddMinutes(shownForMinutes);
        var waiting = Shown(Waiting, until);

        Assert.Equal(isEnded ? Ended(waiting, Expired, "LOGIN_EXPIRED", until) : Decoy(waiting, until), waiting.End(Expired, "LOGIN_EXPIRED", Now));
    }

    [Fact]
    public void What_has_expired_ends_when_somebody_notices_where_the_page_shows_what_happens()
    {
        var waiting = In(Waiting);

        Assert.Equal(Ended(waiting, Expired, "LOGIN_EXPIRED", Now), waiting.End(Expired, "LOGIN_EXPIRED", Now));
    }

    [Theory]
    [InlineData("LOGIN_FAILED", true)]
    [InlineData("LOGIN_UNAVAILABLE", true)]
    [InlineData("LOGIN_LOST", true)]
    [InlineData("LOGIN_REFUSED", false)]
    [Trait("Spec", "S-28")]
    public void A_failure_while_polling_which_happens_to_known_users_only_is_not_told_but_that_of_the_host_is(string messageKey, bool isHidden)
    {
        var waiting = Shown(Waiting, Now.AddMinutes(3));

        Assert.Equal(isHidden ? Decoy(waiting, Now.AddMinutes(3)) : Ended(waiting, Failed, messageKey, Now), waiting.End(Failed, messageKey, Now));
    }

    [Theory]
    [InlineData(Starting)]
    [InlineData(UserCodeNeeded)]
    [InlineData(Approved)]
    [Trait("Spec", "S-28")]
    public void A_failure_in_another_state_is_told(PendingLoginState state)
    {
        var login = Shown(state, Now.AddMinutes(3));

        Assert.Equal(Ended(login, Failed, "LOGIN_FAILED", Now), login.End(Failed, "LOGIN_FAILED", Now));
    }

    [Fact]
    [Trait("Spec", "S-28")]
    public void A_decline_is_told_at_once_and_as_of_then()
    {
        var waiting = Shown(Waiting, Now.AddMinutes(3));

        Assert.Equal(Ended(waiting, Declined, "LOGIN_CANCEL", Now), waiting.End(Declined, "LOGIN_CANCEL", Now));
    }

    [Fact]
    [Trait("Spec", "S-28")]
    public void A_request_that_the_OP_never_took_looks_as_if_it_had_been_taken_when_it_was_started()
    {
        var starting = Shown(Starting, Now.AddMinutes(3));

        Assert.Equal(starting.StartedAt, starting.End(Expired, "LOGIN_EXPIRED", Now)!.Details.RequestedAt);
    }

    private static PendingLogin Shown(PendingLoginState state, DateTimeOffset until) =>
        In(state).With(details => details with { ShownUntil = until, Notification = new ReceivedNotification(Ticket, Now) });

    private static PendingLogin Ended(PendingLogin login, PendingLoginState state, string messageKey, DateTimeOffset at) => login with
    {
        State = state,
        Version = 8,
        Deadline = at.AddMinutes(10),
        EndedAt = at,
        Owner = null,
        Details = login.Details with { MessageKey = messageKey, AuthReqId = null, AuthReqIdHash = HashOf(login), Answer = null, Notification = null },
    };

    private static PendingLogin Decoy(PendingLogin login, DateTimeOffset until) => login with
    {
        State = Waiting,
        Version = 8,
        Deadline = until,
        Details = login.Details with { ExpiresAt = until, AuthReqId = null, AuthReqIdHash = HashOf(login), MessageKey = null, Notification = null },
    };

    private static string? HashOf(PendingLogin login) => login.Details.AuthReqId is { } id ? SecretHash.Of(id) : null;
}
