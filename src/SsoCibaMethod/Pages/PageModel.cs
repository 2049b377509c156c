using System.Globalization;
using System.Text;
using SsoCibaMethod.Messages;

namespace SsoCibaMethod.Pages;

/// <summary>All that one page shows. The components read it and decide nothing.</summary>
internal sealed record PageModel
{
    public required MessageSet Texts { get; init; }

    public required string Scheme { get; init; }

    /// <summary>What people sign in to.</summary>
    public required string MethodName { get; init; }

    public required CibaPageOptions Look { get; init; }

    /// <summary>What the host draws around the page; <see langword="null"/> where nothing is, or where that may be what failed.</summary>
    public Type? Layout { get; init; }

    public required CibaLoginHintInputMode InputMode { get; init; }

    /// <summary>Whether the page is likely read on the very device that approves.</summary>
    public required bool IsOnPhone { get; init; }

    public required IReadOnlyList<(string Text, string Address)> OtherWays { get; init; }

    /// <summary>The choice of languages; <see langword="null"/> where there is none.</summary>
    public required LanguageChoice? Languages { get; init; }

    public required PageLinks Links { get; init; }

    public required PageAssets Assets { get; init; }

    public required (string Field, string Token) Antiforgery { get; init; }

    public required PageView View { get; init; }

    public required string TitleKey { get; init; }

    public string StatusKey { get; init; } = "WAITING_STATUS";

    /// <summary>What happened; <see langword="null"/> where nothing did.</summary>
    public Notice? Notice { get; init; }

    /// <summary>The protected field of a new attempt.</summary>
    public string? Attempt { get; init; }

    /// <summary>Whether there is nothing to type: one button, which starts.</summary>
    public bool IsHintGiven { get; init; }

    /// <summary>Whom a registered method is about to ask, masked.</summary>
    public string? Confirms { get; init; }

    public string? LoginHint { get; init; }

    /// <summary>The hint remembered on this device, masked.</summary>
    public string? Remembered { get; init; }

    /// <summary>Whether the page offers to remember what is typed.</summary>
    public bool MayRemember { get; init; }

    /// <summary>Whether the user has ticked that already.</summary>
    public bool IsRememberTicked { get; init; }

    /// <summary>Whether a user code may be typed beside the hint.</summary>
    public bool IsUserCodeAsked { get; init; }

    public string? MaskedHint { get; init; }

    public string? BindingCode { get; init; }

    /// <summary>Where the login stands, in the words of the status address.</summary>
    public string? State { get; init; }

    public long Version { get; init; }

    public int? SecondsLeft { get; init; }

    /// <summary>How many seconds the login has in all.</summary>
    public int Lifetime { get; init; }

    /// <summary>In how many seconds a new request may be prepared.</summary>
    public int AgainIn { get; init; }

    /// <summary>The text of a key as the kind of hint has it.</summary>
    public string HintText(string key) => Text(InputMode switch
    {
        CibaLoginHintInputMode.Text => key,
        CibaLoginHintInputMode.Tel => key + "_TEL",
        CibaLoginHintInputMode.Email => key + "_EMAIL",
        CibaLoginHintInputMode.Numeric => key + "_NUMERIC",
        _ => throw new System.Diagnostics.UnreachableException(),
    });

    /// <summary>With so many seconds left the page says that the time is almost up.</summary>
    public const int Soon = 30;

    /// <summary>What the page is about, in one word.</summary>
    public string Where => State ?? TitleKey switch
    {
        "DECLINED_TITLE" => "declined",
        "EXPIRED_TITLE" => "expired",
        "CANCELLED_TITLE" => "cancelled",
        "FAILED_TITLE" => "failed",
        "TOO_MANY_TITLE" => "limited",
        "UNKNOWN_TITLE" => "unknown",
        _ => View switch
        {
            PageView.Hint => "hint",
            PageView.UserCode => "user_code",
            _ => "closed",
        },
    };

    /// <summary>What a layout of the host may know.</summary>
    public CibaPage Shown => new(Scheme, MethodName, Text(TitleKey), Where, Language, Direction == "rtl", Links.Home);

    /// <summary>What marks a field as wrong; <see langword="null"/> where it is not.</summary>
    public string? Invalid(NoticeField field) => Notice?.About == field ? "true" : null;

    /// <summary>What describes a field: the notice where it is about that field, beside what always does.</summary>
    public string? Described(NoticeField field, string? always = null) => Notice?.About != field ? always : always is null ? "notice" : $"{always} notice";

    /// <summary>Whether what is told went wrong, and not as somebody wanted it.</summary>
    public bool IsFailure => Notice is { IsFault: true } or { Key: MessageKeys.FormExpired or MessageKeys.CookiesNeeded }
        || Where is "declined" or "expired" or "failed" or "limited";

    public bool IsWatching => View == PageView.Progress;

    public string Language => Texts.Culture.Name is { Length: > 0 } name ? name : "en";

    public string Direction => Texts.Culture.TextInfo.IsRightToLeft ? "rtl" : "ltr";

    /// <summary>A time as people read it.</summary>
    public static string Clock(int seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");

    public string Text(string key) => Texts[key];

    /// <summary>What stands before the placeholder of a text, so that markup can take its place.</summary>
    public string Before(string key) => Around(key).Before;

    /// <summary>What stands after the placeholder of a text.</summary>
    public string After(string key) => Around(key).After;

    private (string Before, string After) Around(string key)
    {
        const string Mark = "\uE000";
        var parts = string.Format(Texts.Culture, CompositeFormat.Parse(Texts[key]), Mark).Split(Mark, 2);
        return (parts[0], parts.Length > 1 ? parts[1] : "");
    }
}

/// <summary>Where the page's parts lead.</summary>
internal sealed record PageLinks(string Page, string Start, string UserCode, string Cancel, string Again, string Forget, string Status, string Home);
