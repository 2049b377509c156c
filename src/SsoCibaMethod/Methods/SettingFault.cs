using System.Globalization;

namespace SsoCibaMethod.Methods;

/// <summary>What is wrong with a setting, a text or a file an administrator edits, where it stands, and how to mend it.</summary>
/// <param name="Problem">What is wrong and how to mend it, as one sentence.</param>
/// <param name="Method">The method it concerns; <see langword="null"/> where it concerns none alone.</param>
/// <param name="Setting">The setting, or the key of the text; <see langword="null"/> where it is about a whole file.</param>
/// <param name="File">The file, or what else the setting comes from; <see langword="null"/> where that is not known.</param>
/// <param name="Line">The line in the file, from 1.</param>
internal sealed record SettingFault(string Problem, string? Method = null, string? Setting = null, string? File = null, int? Line = null)
{
    /// <summary>How to mend it, where the sentence has a part for that.</summary>
    public string? Cure => Problem.Split("; ", 2) is [_, var cure] ? cure : null;

    /// <summary>As the log has it: where, then what and how.</summary>
    public override string ToString() => (File, Line) switch
    {
        (null, _) => Problem,
        (_, null) => $"{File}: {Problem}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{File}, line {Line}: {Problem}"),
    };
}
