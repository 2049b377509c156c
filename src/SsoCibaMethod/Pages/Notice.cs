using SsoCibaMethod.Messages;

namespace SsoCibaMethod.Pages;

/// <summary>What the page has to tell beside its form.</summary>
/// <param name="Key">The text's key.</param>
/// <param name="Text">The text itself, where a host gave it.</param>
/// <param name="AdviceKey">A second text.</param>
/// <param name="Reference">The id the log has too.</param>
/// <param name="About">The field it finds fault with; <see langword="null"/> where it is about none.</param>
/// <param name="RetryIn">In how many seconds a new try is possible.</param>
internal sealed record Notice(string? Key, string? Text = null, string? AdviceKey = null, string? Reference = null, NoticeField? About = null, int? RetryIn = null)
{
    /// <summary>Whether something is wrong that somebody has to mend.</summary>
    public bool IsFault => About is not null || Reference is not null || Text is not null || Key is MessageKeys.UserNotFoundGiven;
}

/// <summary>A field that a notice can be about.</summary>
internal enum NoticeField
{
    /// <summary>The login hint.</summary>
    Hint,

    /// <summary>The user code.</summary>
    UserCode,
}
