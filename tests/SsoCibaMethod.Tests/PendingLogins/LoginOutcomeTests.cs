using SsoCibaMethod.Client;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Tests.PendingLogins;

/// <summary>The table of what an OP's error means for the user, endpoint by endpoint, and what an administrator may say in its place.</summary>
public class LoginOutcomeTests
{
    private const string SystemError = "Failed LOGIN_FAILED";

    public static TheoryData<CibaErrorCode> Codes => [.. Enum.GetValues<CibaErrorCode>()];

    [Theory]
    [MemberData(nameof(Codes))]
    [Trait("Spec", "U-20")]
    [Trait("Spec", "U-21")]
    [Trait("Spec", "U-24")]
    [Trait("Spec", "C-113")]
    public void An_error_of_the_backchannel_authentication_endpoint_ends_a_login_as_the_table_says(CibaErrorCode code) => Assert.Equal(
        code switch
        {
            CibaErrorCode.UnknownUserId => "Failed USER_NOT_FOUND",
            CibaErrorCode.AccessDenied => "Declined LOGIN_CANCEL",
            CibaErrorCode.ServerError or CibaErrorCode.TemporarilyUnavailable => "Failed LOGIN_UNAVAILABLE",
            _ => SystemError,
        },
        Text(LoginOutcome.OfBackchannelAuthentication(Error(code), new CibaOptions())));

    [Theory]
    [MemberData(nameof(Codes))]
    [Trait("Spec", "U-32")]
    [Trait("Spec", "U-33")]
    [Trait("Spec", "U-34")]
    [Trait("Spec", "U-35")]
    [Trait("Spec", "U-36")]
    public void An_error_of_the_token_endpoint_ends_a_login_as_the_table_says(CibaErrorCode code) => Assert.Equal(
        code switch
        {
            CibaErrorCode.ExpiredToken => "Expired LOGIN_EXPIRED",
            CibaErrorCode.AccessDenied or CibaErrorCode.InvalidGrant => "Declined LOGIN_CANCEL",
            CibaErrorCode.TransactionFailed or CibaErrorCode.ServerError or CibaErrorCode.TemporarilyUnavailable => "Failed LOGIN_UNAVAILABLE",
            _ => SystemError,
        },
        Text(LoginOutcome.OfToken(Error(code), isPastDeadline: false, new CibaOptions())));

    [Theory]
    [InlineData(CibaErrorCode.ExpiredToken, "Expired LOGIN_EXPIRED")]
    [InlineData(CibaErrorCode.AccessDenied, "Expired LOGIN_EXPIRED")]
    [InlineData(CibaErrorCode.InvalidGrant, "Expired LOGIN_EXPIRED")]
    [InlineData(CibaErrorCode.ServerError, "Failed LOGIN_UNAVAILABLE")]
    [InlineData(CibaErrorCode.InvalidClient, SystemError)]
    [Trait("Spec", "C-70")]
    public void Past_our_own_deadline_a_no_means_that_it_has_expired_whatever_an_administrator_calls_it(CibaErrorCode code, string outcome)
    {
        var options = new CibaOptions();
        options.ErrorTexts["code"] = "USER_NOT_FOUND";
        Assert.Equal(outcome, Text(LoginOutcome.OfToken(Error(code), isPastDeadline: true, options)));

        options.ErrorTexts["code"] = "LOGIN_CANCEL";
        Assert.Equal(outcome, Text(LoginOutcome.OfToken(Error(code), isPastDeadline: true, options)));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    [Trait("Spec", "C-97")]
    public void An_error_that_is_pushed_ends_a_login_as_the_table_says(CibaErrorCode code) => Assert.Equal(
        code switch
        {
            CibaErrorCode.ExpiredToken => "Expired LOGIN_EXPIRED",
            CibaErrorCode.AccessDenied => "Declined LOGIN_CANCEL",
            _ => SystemError,
        },
        Text(LoginOutcome.OfPush(Error(code), new CibaOptions())));

    [Theory]
    [InlineData("LOGIN_FAILED", "Failed LOGIN_FAILED")]
    [InlineData("LOGIN_UNAVAILABLE", "Failed LOGIN_UNAVAILABLE")]
    [InlineData("LOGIN_EXPIRED", "Expired LOGIN_EXPIRED")]
    [InlineData("LOGIN_CANCEL", "Declined LOGIN_CANCEL")]
    public void An_administrator_s_word_for_an_error_counts_at_each_endpoint(string text, string outcome)
    {
        var options = new CibaOptions();
        options.ErrorTexts["code"] = text;

        Assert.Equal(outcome, Text(LoginOutcome.OfBackchannelAuthentication(Error(CibaErrorCode.UnknownUserId), options)));
        Assert.Equal(outcome, Text(LoginOutcome.OfToken(Error(CibaErrorCode.InvalidRequest), isPastDeadline: false, options)));
        Assert.Equal(outcome, Text(LoginOutcome.OfPush(Error(CibaErrorCode.TransactionFailed), options)));
    }

    [Fact]
    public void That_the_user_is_not_known_can_be_said_of_the_request_alone()
    {
        var options = new CibaOptions();
        options.ErrorTexts["code"] = "USER_NOT_FOUND";

        Assert.Equal("Failed USER_NOT_FOUND", Text(LoginOutcome.OfBackchannelAuthentication(Error(CibaErrorCode.InvalidRequest), options)));
        Assert.Equal(SystemError, Text(LoginOutcome.OfToken(Error(CibaErrorCode.InvalidRequest), isPastDeadline: false, options)));
        Assert.Equal("Declined LOGIN_CANCEL", Text(LoginOutcome.OfPush(Error(CibaErrorCode.AccessDenied), options)));
    }

    [Fact]
    public void A_word_for_another_error_or_one_that_is_no_text_for_it_counts_for_nothing()
    {
        var options = new CibaOptions();
        options.ErrorTexts["another"] = "LOGIN_EXPIRED";
        options.ErrorTexts["code"] = "OTHER_USER";

        Assert.Equal("Declined LOGIN_CANCEL", Text(LoginOutcome.OfBackchannelAuthentication(Error(CibaErrorCode.AccessDenied), options)));
    }

    [Fact]
    public void An_administrator_chooses_among_five_texts() =>
        Assert.Equal(["LOGIN_CANCEL", "LOGIN_EXPIRED", "LOGIN_FAILED", "LOGIN_UNAVAILABLE", "USER_NOT_FOUND"], LoginOutcome.Texts.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Codes))]
    [Trait("Spec", "S-28")]
    public void What_tells_something_of_the_user_is_known_by_its_code_or_by_an_administrator_s_word(CibaErrorCode code)
    {
        var tells = code is CibaErrorCode.UnknownUserId or CibaErrorCode.AccessDenied or CibaErrorCode.MissingUserCode or CibaErrorCode.InvalidUserCode;
        Assert.Equal(tells, LoginOutcome.IsAboutUser(Error(code), new CibaOptions()));

        var options = new CibaOptions();
        options.ErrorTexts["code"] = "USER_NOT_FOUND";
        Assert.True(LoginOutcome.IsAboutUser(Error(code), options));

        // The words of an administrator cannot make nothing of it.
        options.ErrorTexts["code"] = "LOGIN_UNAVAILABLE";
        Assert.Equal(tells, LoginOutcome.IsAboutUser(Error(code), options));
    }

    [Fact]
    public void What_is_the_operator_s_to_mend_or_to_look_into_is_told_from_what_is_the_user_s()
    {
        (LoginOutcome Outcome, string Text, bool IsSystemError, bool IsOtherPerson)[] table =
        [
            (LoginOutcome.SystemError, "Failed LOGIN_FAILED", true, false),
            (LoginOutcome.Unavailable, "Failed LOGIN_UNAVAILABLE", true, false),
            (LoginOutcome.Lost, "Failed LOGIN_LOST", true, false),
            (LoginOutcome.RefusedByHost, "Failed LOGIN_REFUSED", false, false),
            (LoginOutcome.TooManyCodes, "Failed TOO_MANY_CODES", false, false),
            (LoginOutcome.OtherUser, "Failed OTHER_USER", false, true),
            (LoginOutcome.UserChanged, "Failed USER_CHANGED", false, true),
            (LoginOutcome.NobodySignedIn, "Failed SIGN_IN_FIRST", false, false),
            (LoginOutcome.Expired, "Expired LOGIN_EXPIRED", false, false),
        ];

        Assert.All(table, row => Assert.Equal((row.Text, row.IsSystemError, row.IsOtherPerson), (Text(row.Outcome), row.Outcome.IsSystemError, row.Outcome.IsOtherPerson)));
    }

    private static CibaError Error(CibaErrorCode code) => new(code, "code", null);

    private static string Text(LoginOutcome outcome) => $"{outcome.State} {outcome.MessageKey}";
}
