using Microsoft.Extensions.Logging;

namespace SsoCibaMethod.Diagnostics;

/// <summary>
/// Every message the handler logs. One login's story is told by one id, <c>Login</c>: the reference id the page shows.
/// No template has room for a hint, code, token, secret or <c>auth_req_id</c>.
/// </summary>
internal static partial class CibaLog
{
    /// <summary>Marks every line with the login it is about, also those of the host and the framework.</summary>
    public static readonly Func<ILogger, string, IDisposable?> LoginScope = LoggerMessage.DefineScope<string>("Login {Login}");

    [LoggerMessage(1, LogLevel.Error, "{Fault}", EventName = "MethodFault")]
    public static partial void MethodFault(this ILogger logger, string fault);

    [LoggerMessage(2, LogLevel.Warning, "The method {Method} keeps its last good settings until the faults told above are mended; logins go on with them.", EventName = "MethodKept")]
    public static partial void MethodKept(this ILogger logger, string method);

    [LoggerMessage(3, LogLevel.Error, "{Fault}", EventName = "SettingsFileFault")]
    public static partial void SettingsFileFault(this ILogger logger, string fault);

    [LoggerMessage(4, LogLevel.Information, "The method {Method} is ready: metadata of {Issuer} read.", EventName = "MetadataRead")]
    public static partial void MetadataRead(this ILogger logger, string method, string issuer);

    [LoggerMessage(5, LogLevel.Error, "The method {Method} takes no logins, because the OP's metadata does not fit its settings: {Faults}", EventName = "MetadataMismatch")]
    public static partial void MetadataMismatch(this ILogger logger, string method, string faults);

    [LoggerMessage(6, LogLevel.Warning, "The metadata of the method {Method} could not be read; the next login tries again. {Cause}", EventName = "MetadataUnavailable")]
    public static partial void MetadataUnavailable(this ILogger logger, string method, string cause);

    [LoggerMessage(7, LogLevel.Warning, "Texts: {Fault} The last good texts stay in force.", EventName = "MessageFault")]
    public static partial void MessageFault(this ILogger logger, string fault);

    [LoggerMessage(8, LogLevel.Information, "Texts of {Directory} are in force.", EventName = "MessagesRead")]
    public static partial void MessagesRead(this ILogger logger, string directory);

    [LoggerMessage(9, LogLevel.Warning, "The path base {PathBase} came after UseAuthentication, so the login page's addresses lack it. Call UsePathBase and UseForwardedHeaders before UseAuthentication.", EventName = "PathBaseTooLate")]
    public static partial void PathBaseTooLate(this ILogger logger, string pathBase);

    [LoggerMessage(10, LogLevel.Information, "The method {Method} shows a renewed client certificate, valid until {ValidUntil:u}.", EventName = "CertificateRenewed")]
    public static partial void CertificateRenewed(this ILogger logger, string method, DateTime validUntil);

    [LoggerMessage(11, LogLevel.Error, "Looking at the files of the methods met a surprise.", EventName = "FileWatchSurprise")]
    public static partial void FileWatchSurprise(this ILogger logger, Exception exception);

    [LoggerMessage(12, LogLevel.Information, "The method {Method} was read again: its settings, or a file they name, have changed. The new ones are in force; logins under way end with those they began with.", EventName = "MethodRead")]
    public static partial void MethodRead(this ILogger logger, string method);

    [LoggerMessage(13, LogLevel.Warning, "The method {Method} takes no login until the faults told above are mended.", EventName = "MethodOff")]
    public static partial void MethodOff(this ILogger logger, string method);

    [LoggerMessage(14, LogLevel.Information, "The method {Method} was added to the settings and is in force.", EventName = "MethodAdded")]
    public static partial void MethodAdded(this ILogger logger, string method);

    [LoggerMessage(15, LogLevel.Warning, "The method {Method} is no longer in the settings: it takes no login any more, and those under way end with its last good settings.", EventName = "MethodRemoved")]
    public static partial void MethodRemoved(this ILogger logger, string method);

    [LoggerMessage(16, LogLevel.Information, "The method {Method} was switched off (Enabled is false): it takes no login any more, and those under way come to their end.", EventName = "MethodDisabled")]
    public static partial void MethodDisabled(this ILogger logger, string method);

    [LoggerMessage(17, LogLevel.Warning, "The metadata of the method {Method} could not be read again; what was read before stays in use. {Cause}", EventName = "MetadataKept")]
    public static partial void MetadataKept(this ILogger logger, string method, string cause);

    [LoggerMessage(18, LogLevel.Error, "Login {Login} of {Method}: failed with {MessageKey}. It was begun with another issuer or client id than the settings of this node name ({Issuer}, client {ClientId}). Give all nodes the same settings; to move a method to another OP or client, add a second method and remove the first.", EventName = "LoginOfOtherClient")]
    public static partial void LoginOfOtherClient(this ILogger logger, string login, string method, string messageKey, string issuer, string clientId);

    [LoggerMessage(19, LogLevel.Error, "Login {Login} of {Method}: failed with {MessageKey}. The method is not in the settings of this node, so nobody here can ask its OP.", EventName = "LoginOfNoMethod")]
    public static partial void LoginOfNoMethod(this ILogger logger, string login, string method, string messageKey);

    [LoggerMessage(20, LogLevel.Information, "Login {Login} of {Method}: started.", EventName = "LoginStarted")]
    public static partial void LoginStarted(this ILogger logger, string login, string method);

    [LoggerMessage(21, LogLevel.Information, "Login {Login} of {Method}: the OP asks the user; it expires in {Seconds} s, polled each {Interval} s.", EventName = "LoginAcknowledged")]
    public static partial void LoginAcknowledged(this ILogger logger, string login, string method, double seconds, double interval);

    [LoggerMessage(22, LogLevel.Information, "Login {Login} of {Method}: the OP wants the user's code.", EventName = "UserCodeNeeded")]
    public static partial void UserCodeNeeded(this ILogger logger, string login, string method);

    [LoggerMessage(23, LogLevel.Information, "Login {Login} of {Method}: ended as {State} with {MessageKey}. {Cause}", EventName = "LoginEnded")]
    public static partial void LoginEnded(this ILogger logger, string login, string method, string state, string messageKey, string cause);

    [LoggerMessage(24, LogLevel.Error, "Login {Login} of {Method}: failed with {MessageKey}. {Cause}", EventName = "LoginFailed")]
    public static partial void LoginFailed(this ILogger logger, string login, string method, string messageKey, string cause);

    [LoggerMessage(25, LogLevel.Information, "Login {Login} of {Method}: approved, the ID token is valid.", EventName = "LoginApproved")]
    public static partial void LoginApproved(this ILogger logger, string login, string method);

    [LoggerMessage(26, LogLevel.Information, "Login {Login} of {Method}: signed in.", EventName = "LoginRedeemed")]
    public static partial void LoginRedeemed(this ILogger logger, string login, string method);

    [LoggerMessage(27, LogLevel.Debug, "Login {Login} of {Method}: a poll brought no usable answer ({Failures} in a row). {Cause}", EventName = "PollUnavailable")]
    public static partial void PollUnavailable(this ILogger logger, string login, string method, int failures, string cause);

    [LoggerMessage(28, LogLevel.Information, "Login {Login} of {Method}: the OP asks to slow down; polled each {Interval} s from here on.", EventName = "PollSlowedDown")]
    public static partial void PollSlowedDown(this ILogger logger, string login, string method, double interval);

    [LoggerMessage(29, LogLevel.Debug, "Login {Login} of {Method}: {State} no longer counts, the login has ended otherwise.", EventName = "LateOutcome")]
    public static partial void LateOutcome(this ILogger logger, string login, string method, string state);

    [LoggerMessage(30, LogLevel.Information, "Login {Login} of {Method}: the OP called ({Kind}).", EventName = "NotificationReceived")]
    public static partial void NotificationReceived(this ILogger logger, string login, string method, string kind);

    [LoggerMessage(31, LogLevel.Warning, "Login {Login} of {Method}: the OP refused the binding message, so the request was sent once more with the code alone. BindingMessage:CodeOnly saves the first request.", EventName = "BindingMessageRefused")]
    public static partial void BindingMessageRefused(this ILogger logger, string login, string method);

    [LoggerMessage(32, LogLevel.Information, "A notification for {Method} was refused with HTTP {Status}: {Cause}.", EventName = "NotificationRefused")]
    public static partial void NotificationRefused(this ILogger logger, string method, int status, string cause);

    [LoggerMessage(33, LogLevel.Error, "A notification for {Method} met a surprise.", EventName = "NotificationSurprise")]
    public static partial void NotificationSurprise(this ILogger logger, string method, Exception exception);

    [LoggerMessage(34, LogLevel.Warning, "Login {Login} of {Method}: the user approved, but the OP does not give what else is needed; it is asked again in a moment. {Cause}", EventName = "ApprovalDelayed")]
    public static partial void ApprovalDelayed(this ILogger logger, string login, string method, string cause);

    [LoggerMessage(36, LogLevel.Warning, "The OP of {Method} does not answer. {Waiting} logins wait for it on this node; each is asked for again, after longer and longer pauses, until its time is over. It is told here when the OP is back; meanwhile each poll without an answer is logged at the level Debug. {Cause}", EventName = "OpGone")]
    public static partial void OpGone(this ILogger logger, string method, int waiting, string cause);

    [LoggerMessage(37, LogLevel.Information, "The OP of {Method} answers again; it was away for {Seconds:0} s.", EventName = "OpBack")]
    public static partial void OpBack(this ILogger logger, string method, double seconds);

    [LoggerMessage(38, LogLevel.Information, "Login {Login} of {Method}: signed in once more. The browser asked again within 30 s, or the first answer was lost.", EventName = "LoginRedeemedAgain")]
    public static partial void LoginRedeemedAgain(this ILogger logger, string login, string method);

    [LoggerMessage(39, LogLevel.Information, "Nobody has asked the OP of {Method} for 5 minutes; whether it answers again is not known.", EventName = "OpUnasked")]
    public static partial void OpUnasked(this ILogger logger, string method);

    [LoggerMessage(52, LogLevel.Information, "Login {Login} of {Method}: not started, the limit StartLimits:{Limit} is reached ({Reason}); a new try is possible in {Seconds} s.", EventName = "StartRefused")]
    public static partial void StartRefused(this ILogger logger, string login, string method, string limit, string reason, double seconds);

    [LoggerMessage(53, LogLevel.Information, "Login {Login} of {Method}: an event of the host answered in place of the sign-in.", EventName = "LoginLeftToHost")]
    public static partial void LoginLeftToHost(this ILogger logger, string login, string method);

    [LoggerMessage(35, LogLevel.Information, "Login {Login} of {Method}: the OP refused it, which is {MessageKey}; by UniformOutcome the page goes on as if it waited. {Cause}", EventName = "RefusalHidden")]
    public static partial void RefusalHidden(this ILogger logger, string login, string method, string messageKey, string cause);

    [LoggerMessage(40, LogLevel.Error, "Login {Login} of {Method}: a surprise.", EventName = "LoginSurprise")]
    public static partial void LoginSurprise(this ILogger logger, string login, string method, Exception exception);

    [LoggerMessage(41, LogLevel.Error, "The poller met a surprise and goes on.", EventName = "PollerSurprise")]
    public static partial void PollerSurprise(this ILogger logger, Exception exception);

    [LoggerMessage(42, LogLevel.Error, "The page of {Method} met a surprise; its reference is {Login}.", EventName = "PageSurprise")]
    public static partial void PageSurprise(this ILogger logger, string method, string login, Exception exception);

    [LoggerMessage(43, LogLevel.Information, "The page of {Method} got a form that is too old or not its own; a fresh one was given.", EventName = "FormRefused")]
    public static partial void FormRefused(this ILogger logger, string method);

    [LoggerMessage(44, LogLevel.Warning, "Login {Login} of {Method}: the host refused the sign-in. {Cause}", EventName = "SignInRefused")]
    public static partial void SignInRefused(this ILogger logger, string login, string method, string cause);

    [LoggerMessage(60, LogLevel.Warning, "Method {Method}: ClientAuthentication:Audience is not issuer. An assertion that names an endpoint can be used elsewhere by a malicious OP (CVE-2025-27370); set it back as soon as the OP takes the issuer.", EventName = "AudienceIsEndpoint")]
    public static partial void AudienceIsEndpoint(this ILogger logger, string method);

    [LoggerMessage(50, LogLevel.Warning, "Login {Login} of {Method}: nobody was confirmed, with {MessageKey}. {Cause}", EventName = "NotConfirmed")]
    public static partial void NotConfirmed(this ILogger logger, string login, string method, string messageKey, string cause);

    [LoggerMessage(51, LogLevel.Information, "Login {Login} of {Method}: not started, with {MessageKey}.", EventName = "ConfirmationRefused")]
    public static partial void ConfirmationRefused(this ILogger logger, string login, string method, string messageKey);

    [LoggerMessage(70, LogLevel.Warning, "Security: one user of {Method} declined {Count} requests within {Window}. Somebody else may be sending them, until the user gives in. The last one is login {Login}.", EventName = "DeclinesOfOneUser")]
    public static partial void DeclinesOfOneUser(this ILogger logger, int count, string method, TimeSpan window, string login);

    [LoggerMessage(71, LogLevel.Warning, "Security: the users of {Method} declined {Count} requests within {Window}. Somebody may be sending requests to many.", EventName = "ManyDeclines")]
    public static partial void ManyDeclines(this ILogger logger, int count, string method, TimeSpan window);

    [LoggerMessage(72, LogLevel.Warning, "Security: {Count} logins of {Method} within {Window} named users the OP does not know. Somebody may be trying names.", EventName = "ManyUnknownUsers")]
    public static partial void ManyUnknownUsers(this ILogger logger, int count, string method, TimeSpan window);

    [LoggerMessage(45, LogLevel.Warning, "The poller's lease was lost; it rejoins as {Node}, and the logins it polled are taken over.", EventName = "LeaseLost")]
    public static partial void LeaseLost(this ILogger logger, string node);

    [LoggerMessage(46, LogLevel.Warning, "The store of the pending logins does not answer. Until it does, nobody can begin to sign in; who waits goes on waiting, and signs in when it is back. It is tried again each 3 s, and told here when it is back. {Cause}", EventName = "StoreGone")]
    public static partial void StoreGone(this ILogger logger, string cause);

    [LoggerMessage(47, LogLevel.Information, "The store of the pending logins is back; it was away for {Seconds:0} s.", EventName = "StoreBack")]
    public static partial void StoreBack(this ILogger logger, double seconds);

    [LoggerMessage(48, LogLevel.Debug, "Login {Login} of {Method}: waits for the store.", EventName = "LoginWaitsForStore")]
    public static partial void LoginWaitsForStore(this ILogger logger, string login, string method, Exception exception);

    [LoggerMessage(49, LogLevel.Information, "Login {Login} of {Method}: this node polls for it from here on; another one died, or was stopped.", EventName = "LoginTakenOver")]
    public static partial void LoginTakenOver(this ILogger logger, string login, string method);
}
