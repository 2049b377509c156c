namespace SsoCibaMethod.Pages;

/// <summary>What the page has to tell beside its form.</summary>
/// <param name="Key">The text's key.</param>
/// <param name="Text">The text itself, where a host gave it.</param>
/// <param name="AdviceKey">A second text.</param>
/// <param name="Reference">The id the log has too.</param>
/// <param name="IsInputWrong">Whether it is about what was typed.</param>
/// <param name="RetryIn">In how many seconds a new try is possible.</param>
internal sealed record Notice(string? Key, string? Text = null, string? AdviceKey = null, string? Reference = null, bool IsInputWrong = false, int? RetryIn = null);
