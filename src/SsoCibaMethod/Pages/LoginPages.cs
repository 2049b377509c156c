using System.Globalization;
using Microsoft.AspNetCore.Http;
using SsoCibaMethod.Messages;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Protection;
using SsoCibaMethod.Registered;

namespace SsoCibaMethod.Pages;

/// <summary>Which page shows where a login stands.</summary>
internal static class LoginPages
{
    private const string ConfirmTitle = "CONFIRM_TITLE";

    // Sooner, a new request would only cross the first one on its way.
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(30);

    public static Task ShowAsync(LoginFlow flow, PendingLogin login)
    {
        login = login.AsShown(flow.Logins.Now);
        var hint = login.Details.TypedHint;
        var key = login.Details.MessageKey;
        return login.State switch
        {
            PendingLoginState.Starting => ShowProgressAsync(flow, login, "SENDING_TITLE", "SENDING_STATUS"),
            PendingLoginState.Waiting => ShowProgressAsync(flow, login, "WAITING_TITLE", "WAITING_STATUS"),
            PendingLoginState.Approved => ShowProgressAsync(flow, login, "APPROVED_TITLE", "APPROVED_STATUS"),
            PendingLoginState.UserCodeNeeded => ShowUserCodeAsync(flow, login, key),
            PendingLoginState.Redeemed => ShowHintAsync(flow, "UNKNOWN_TITLE", new Notice(MessageKeys.LoginUnknown), hint),
            PendingLoginState.Declined => ShowHintAsync(flow, "DECLINED_TITLE", new Notice(key, AdviceKey: login.WasAcknowledged ? "DECLINED_ADVICE" : NothingSent(login)), hint),
            PendingLoginState.Expired => ShowHintAsync(flow, "EXPIRED_TITLE", new Notice(key), hint),
            PendingLoginState.Cancelled when key is MessageKeys.LoginAgain => ShowHintAsync(flow, "SIGN_IN_TITLE", new Notice(key), hint),
            PendingLoginState.Cancelled => ShowHintAsync(flow, "CANCELLED_TITLE", new Notice(key), hint),
            PendingLoginState.Failed when key is MessageKeys.UserNotFound && flow.IsRegistered => ShowHintAsync(flow, ConfirmTitle, new Notice(MessageKeys.NotRegistered), hint),
            PendingLoginState.Failed when key is MessageKeys.UserNotFound && login.Details.HintKind != HintKind.Typed =>
                ShowHintAsync(flow, "SIGN_IN_TITLE", new Notice(MessageKeys.UserNotFoundGiven, AdviceKey: NothingSent(login)), hint),
            PendingLoginState.Failed when key is MessageKeys.UserNotFound => ShowHintAsync(flow, "SIGN_IN_TITLE", new Notice(key, AdviceKey: NothingSent(login), About: NoticeField.Hint), hint),
            PendingLoginState.Failed when login.Details.RetryAt is { } retryAt => ShowTooManyAsync(flow, key!, retryAt - flow.Logins.Now, hint),
            PendingLoginState.Failed when key is MessageKeys.TooManyCodes => ShowHintAsync(flow, "FAILED_TITLE", new Notice(key), hint),
            PendingLoginState.Failed => ShowHintAsync(flow, "FAILED_TITLE", new Notice(key, AdviceKey: NothingSent(login), Reference: login.Reference), hint),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>The form for the hint, with a fresh attempt in it; nothing is started or written by it.</summary>
    public static async Task ShowHintAsync(LoginFlow flow, string titleKey, Notice? notice, string? hint, int status = StatusCodes.Status200OK)
    {
        titleKey = flow.IsRegistered && titleKey == "SIGN_IN_TITLE" ? ConfirmTitle : titleKey;
        if (!flow.TakesLogins)
        {
            // How a login ended is told; a form for another would only lead to a closed door.
            await flow.ShowAsync(page => page with { View = PageView.Closed, TitleKey = titleKey, Notice = notice ?? new Notice(MessageKeys.MethodUnavailable) }, status);
            return;
        }

        if (await Registration.RefusalAsync(flow) is { } refusal)
        {
            // How a login ended is told all the same, without a form for another.
            await flow.ShowAsync(
                page => page with { View = PageView.Closed, TitleKey = titleKey, Notice = titleKey == ConfirmTitle ? new Notice(refusal) : notice }, status);
            return;
        }

        var user = await flow.LocalUserAsync();
        var person = await Registration.PersonAsync(flow);
        var given = await flow.GivenHintAsync();
        var isUserCodeAsked = await UserCodeField.IsShownAsync(flow);
        var attempt = AttemptForm.Draw(flow.Options.BindingMessage) with { User = user?.Fingerprint };
        var isRememberTicked = await RememberedHint.IsWantedAsync(flow);
        await flow.ShowAsync(
            page => page with
            {
                View = PageView.Hint,
                TitleKey = titleKey,
                IsHintGiven = given is not null,
                Confirms = person is null ? null : HintMask.Mask(person),
                LoginHint = given is null ? hint : null,
                Remembered = flow.IsHintRemembered && given is not null ? HintMask.Mask(given.Value) : null,
                MayRemember = flow.Options.LoginHint.Remember,
                IsRememberTicked = isRememberTicked,
                IsUserCodeAsked = isUserCodeAsked,
                Notice = notice,
                Attempt = attempt.Protect(flow.Protector, flow.Logins.Now),
                BindingCode = BindingMessages.HasCode(flow.Options.BindingMessage, flow.Texts) ? attempt.BindingCode : null,
            },
            status);
    }

    /// <summary>The form again, because a limit on starting is reached: nothing was sent, and it says when a new try is possible (RFC 6585 §4).</summary>
    public static Task ShowTooManyAsync(LoginFlow flow, string key, TimeSpan retryIn, string? hint)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(retryIn.TotalSeconds));
        flow.Context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return ShowHintAsync(flow, "TOO_MANY_TITLE", new Notice(key, RetryIn: seconds), hint, StatusCodes.Status429TooManyRequests);
    }

    public static Task ShowUserCodeAsync(LoginFlow flow, PendingLogin login, string? noticeKey, int status = StatusCodes.Status200OK) => flow.ShowAsync(
        page => page with
        {
            View = PageView.UserCode,
            TitleKey = "USER_CODE_TITLE",
            Notice = noticeKey is null ? null : new Notice(noticeKey, About: noticeKey == MessageKeys.FormExpired ? null : NoticeField.UserCode),
            BindingCode = login.Details.CodeOnPhone(),
        },
        status);

    /// <summary>How a login stands cannot be told now. The page waits on: with its script until the status address answers again, without by loading itself again.</summary>
    public static Task ShowTroubleAsync(LoginFlow flow) => flow.ShowAsync(
        page => page with { View = PageView.Progress, TitleKey = "TOO_MANY_TITLE", StatusKey = "WAITING_TROUBLE", State = "unavailable" }, StatusCodes.Status503ServiceUnavailable);

    /// <summary>A page on which nothing can be done.</summary>
    public static Task ShowClosedAsync(LoginFlow flow, string noticeKey, int status) =>
        flow.ShowAsync(page => page with { View = PageView.Closed, Notice = new Notice(noticeKey) }, status);

    /// <summary>A registered method was not started. A form that named nobody is followed by one that does.</summary>
    public static Task ShowRefusalAsync(LoginFlow flow, string key) => key == MessageKeys.FormExpired
        ? ShowHintAsync(flow, ConfirmTitle, new Notice(key), hint: null, StatusCodes.Status400BadRequest)
        : flow.ShowAsync(page => page with { View = PageView.Closed, TitleKey = ConfirmTitle, Notice = new Notice(key) }, StatusCodes.Status400BadRequest);

    public static int SecondsLeft(LoginFlow flow, PendingLogin login) => (int)Math.Max(0, Math.Ceiling((login.Deadline - flow.Logins.Now).TotalSeconds));

    private static Task ShowProgressAsync(LoginFlow flow, PendingLogin login, string titleKey, string statusKey) => flow.ShowAsync(page => page with
    {
        View = PageView.Progress,
        TitleKey = titleKey,
        StatusKey = statusKey,
        MaskedHint = login.State == PendingLoginState.Waiting && Shown(login.Details) is { } hint ? HintMask.Mask(hint) : null,
        BindingCode = login.Details.CodeOnPhone(),
        State = LoginStatus.Name(login.State),
        Version = login.Version,
        Lifetime = (int)Math.Ceiling((login.Deadline - login.StartedAt).TotalSeconds),
        AgainIn = AgainIn(flow, login),
        SecondsLeft = login.State == PendingLoginState.Waiting ? SecondsLeft(flow, login) : null,
    });

    // What the host made of it may be a number that a stranger has no business to see the end of.
    private static string? Shown(PendingLoginDetails details) =>
        details.TypedHint ?? details.HintToRemember ?? (details.HintKind is HintKind.Given ? details.LoginHint : null);

    // In any case when the page says that the time is almost up.
    private static int AgainIn(LoginFlow flow, PendingLogin login)
    {
        var soon = login.Deadline - TimeSpan.FromSeconds(PageModel.Soon);
        var at = login.StartedAt + AgainAfter;
        return (int)Math.Max(0, Math.Ceiling(((at < soon ? at : soon) - flow.Logins.Now).TotalSeconds));
    }

    // Certain only where the OP refused: what it answered unreadably may ring all the same. And no word of it where that would tell who has an account.
    private static string? NothingSent(PendingLogin login) =>
        login.Details.IsRefused && login.Details.ShownUntil is null && login.Details.MessageKey != MessageKeys.LoginUnavailable ? "NOTHING_SENT" : null;
}
