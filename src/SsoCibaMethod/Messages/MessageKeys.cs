namespace SsoCibaMethod.Messages;

/// <summary>The keys of texts that tell how a login ended. Those of the page's parts stand in the components that show them.</summary>
internal static class MessageKeys
{
    public const string BindingMessage = "UBAA_TEXT";

    public const string UserNotFound = "USER_NOT_FOUND";
    public const string UserNotFoundGiven = "USER_NOT_FOUND_GIVEN";
    public const string InvalidCredentials = "INVALID_CREDENTIALS";
    public const string LoginCancel = "LOGIN_CANCEL";
    public const string LoginExpired = "LOGIN_EXPIRED";

    public const string LoginCancelled = "LOGIN_CANCELLED";
    public const string LoginAgain = "LOGIN_AGAIN";
    public const string LoginLost = "LOGIN_LOST";
    public const string LoginFailed = "LOGIN_FAILED";
    public const string LoginUnavailable = "LOGIN_UNAVAILABLE";
    public const string LoginUnknown = "LOGIN_UNKNOWN";
    public const string LoginRefused = "LOGIN_REFUSED";
    public const string SignInFirst = "SIGN_IN_FIRST";
    public const string NotRegistered = "NOT_REGISTERED";
    public const string OtherUser = "OTHER_USER";
    public const string UserChanged = "USER_CHANGED";
    public const string UserChangedBefore = "USER_CHANGED_BEFORE";
    public const string MethodUnavailable = "METHOD_UNAVAILABLE";
    public const string FormExpired = "FORM_EXPIRED";
    public const string CookiesNeeded = "COOKIES_NEEDED";
    public const string LoginHintMissing = "LOGIN_HINT_MISSING";
    public const string LoginHintUnfit = "LOGIN_HINT_UNFIT";
    public const string TooManyTries = "TOO_MANY_TRIES";
    public const string DeclinedLately = "DECLINED_LATELY";
    public const string TooManyCodes = "TOO_MANY_CODES";
    public const string UserCodeMissing = "USER_CODE_MISSING";
    public const string UserCodeUnfit = "USER_CODE_UNFIT";
}
