using System.Text;
using SsoCibaMethod.Messages;

namespace SsoCibaMethod.Pages;

/// <summary>All that one page shows. The components read it and decide nothing.</summary>
internal sealed record PageModel
{
    public required MessageSet Texts { get; init; }

    public required string MethodName { get; init; }

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

    /// <summary>Whether a user code may be typed beside the hint.</summary>
    public bool IsUserCodeAsked { get; init; }

    public string? MaskedHint { get; init; }

    public string? BindingCode { get; init; }

    /// <summary>Where the login stands, in the words of the status address.</summary>
    public string? State { get; init; }

    public long Version { get; init; }

    public int? SecondsLeft { get; init; }

    public bool IsWatching => View == PageView.Progress;

    public string Language => Texts.Culture.Name is { Length: > 0 } name ? name : "en";

    public string Direction => Texts.Culture.TextInfo.IsRightToLeft ? "rtl" : "ltr";

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
internal sealed record PageLinks(string Page, string Start, string UserCode, string Cancel, string Status, string? Home);
