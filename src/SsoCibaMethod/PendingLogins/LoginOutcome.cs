using SsoCibaMethod.Client;
using SsoCibaMethod.Messages;

namespace SsoCibaMethod.PendingLogins;

/// <summary>How a login ends and what the user is told.</summary>
/// <param name="State">The final state.</param>
/// <param name="MessageKey">The text.</param>
internal sealed record LoginOutcome(PendingLoginState State, string MessageKey)
{
    public static readonly LoginOutcome SystemError = new(PendingLoginState.Failed, MessageKeys.LoginFailed);
    public static readonly LoginOutcome Unavailable = new(PendingLoginState.Failed, MessageKeys.LoginUnavailable);
    public static readonly LoginOutcome Lost = new(PendingLoginState.Failed, MessageKeys.LoginLost);
    public static readonly LoginOutcome RefusedByHost = new(PendingLoginState.Failed, MessageKeys.LoginRefused);
    public static readonly LoginOutcome TooManyCodes = new(PendingLoginState.Failed, MessageKeys.TooManyCodes);
    public static readonly LoginOutcome OtherUser = new(PendingLoginState.Failed, MessageKeys.OtherUser);
    public static readonly LoginOutcome UserChanged = new(PendingLoginState.Failed, MessageKeys.UserChanged);
    public static readonly LoginOutcome NobodySignedIn = new(PendingLoginState.Failed, MessageKeys.SignInFirst);
    public static readonly LoginOutcome Expired = new(PendingLoginState.Expired, MessageKeys.LoginExpired);

    private static readonly LoginOutcome Declined = new(PendingLoginState.Declined, MessageKeys.LoginCancel);
    private static readonly LoginOutcome UserNotFound = new(PendingLoginState.Failed, MessageKeys.UserNotFound);

    private static readonly Dictionary<string, LoginOutcome> ByText =
        new[] { SystemError, Unavailable, Expired, Declined, UserNotFound }.ToDictionary(outcome => outcome.MessageKey, StringComparer.Ordinal);

    /// <summary>Whether it is the operator's to mend, not the user's.</summary>
    public bool IsSystemError => MessageKey is MessageKeys.LoginFailed or MessageKeys.LoginUnavailable or MessageKeys.LoginLost;

    /// <summary>Whether somebody approved who is not the user to be confirmed, which the operator may want to look into.</summary>
    public bool IsOtherPerson => MessageKey is MessageKeys.OtherUser or MessageKeys.UserChanged;

    /// <summary>The texts an administrator may choose for an error.</summary>
    public static IReadOnlyCollection<string> Texts => ByText.Keys;

    /// <summary>How the OP's answer to the request ends a login: as the administrator says, else as the table does.</summary>
    public static LoginOutcome OfBackchannelAuthentication(CibaError error, CibaOptions options) =>
        Chosen(error, options) ?? OfBackchannelAuthentication(error.Code);

    /// <summary>Whether the OP's answer to the request tells something about the user: that there is none, or what the one there is has to type.</summary>
    public static bool IsAboutUser(CibaError error, CibaOptions options) =>
        error.Code is CibaErrorCode.UnknownUserId or CibaErrorCode.AccessDenied or CibaErrorCode.MissingUserCode or CibaErrorCode.InvalidUserCode
        || !OfBackchannelAuthentication(error, options).IsSystemError;

    /// <summary>How an answer of the token endpoint ends a login. That it has expired needs nobody's word.</summary>
    public static LoginOutcome OfToken(CibaError error, bool isPastDeadline, CibaOptions options) =>
        isPastDeadline ? OfToken(error.Code, isPastDeadline) : ChosenLater(error, options) ?? OfToken(error.Code, isPastDeadline);

    /// <summary>How an error that was pushed ends a login.</summary>
    public static LoginOutcome OfPush(CibaError error, CibaOptions options) => ChosenLater(error, options) ?? OfPush(error.Code);

    /// <summary>
    /// The errors of the backchannel authentication endpoint (CIBA Core §13) that end a login. <c>missing_user_code</c> and <c>invalid_user_code</c>
    /// come here only where no code may be asked for.
    /// </summary>
    private static LoginOutcome OfBackchannelAuthentication(CibaErrorCode code) => code switch
    {
        CibaErrorCode.UnknownUserId => UserNotFound,
        CibaErrorCode.AccessDenied => Declined,
        CibaErrorCode.ServerError or CibaErrorCode.TemporarilyUnavailable => Unavailable,
        _ => SystemError,
    };

    /// <summary>The errors of the token endpoint (CIBA Core §11) that end a login.</summary>
    /// <param name="code">The error.</param>
    /// <param name="isPastDeadline">Whether our own deadline has passed; then it has expired, whatever the OP calls it.</param>
    private static LoginOutcome OfToken(CibaErrorCode code, bool isPastDeadline) => code switch
    {
        CibaErrorCode.ExpiredToken => Expired,
        CibaErrorCode.AccessDenied or CibaErrorCode.InvalidGrant => isPastDeadline ? Expired : Declined,
        CibaErrorCode.TransactionFailed or CibaErrorCode.ServerError or CibaErrorCode.TemporarilyUnavailable => Unavailable,
        _ => SystemError,
    };

    /// <summary>The errors an OP pushes (CIBA Core §12).</summary>
    private static LoginOutcome OfPush(CibaErrorCode code) => code switch
    {
        CibaErrorCode.ExpiredToken => Expired,
        CibaErrorCode.AccessDenied => Declined,
        _ => SystemError,
    };

    private static LoginOutcome? Chosen(CibaError error, CibaOptions options) =>
        options.ErrorTexts.TryGetValue(error.Name, out var text) ? ByText.GetValueOrDefault(text) : null;

    // Once the OP has taken the request, the user is known.
    private static LoginOutcome? ChosenLater(CibaError error, CibaOptions options) => Chosen(error, options) is { } chosen && chosen != UserNotFound ? chosen : null;
}
