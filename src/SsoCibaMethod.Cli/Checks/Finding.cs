namespace SsoCibaMethod.Cli.Checks;

/// <summary>One thing that a check saw, and how to mend it where it needs mending.</summary>
internal sealed record Finding
{
    // Words of an OP or of a certificate: as long as a sentence, however long they are.
    private const int Longest = 1_000;

    private Finding(CheckOutcome outcome, string seen, string? cure)
    {
        Outcome = outcome;
        Seen = Printable(seen);
        Cure = cure is null ? null : Printable(cure);
    }

    public CheckOutcome Outcome { get; }

    public string Seen { get; }

    public string? Cure { get; }

    public static Finding Ok(string seen) => new(CheckOutcome.Ok, seen, null);

    public static Finding Skipped(string seen) => new(CheckOutcome.Skipped, seen, null);

    public static Finding Warning(string seen, string cure) => new(CheckOutcome.Warning, seen, cure);

    public static Finding Error(string seen, string? cure) => new(CheckOutcome.Error, seen, cure);

    /// <summary>A fault as the host's own rules word it: what is wrong, a semicolon, the cure.</summary>
    public static Finding OfFault(string fault, string place = "")
    {
        fault = fault.EndsWith("?.", StringComparison.Ordinal) ? fault[..^1] : fault;
        var middle = fault.LastIndexOf("; ", StringComparison.Ordinal);
        return middle < 0
            ? Error($"{place}{fault}", null)
            : Error($"{place}{fault[..middle]}.", $"{char.ToUpperInvariant(fault[middle + 2])}{fault[(middle + 3)..]}");
    }

    // What comes from outside must not move the cursor, change colours or break lines.
    private static string Printable(string text) =>
        string.Concat((text.Length > Longest ? text[..Longest] + "…" : text).Select(letter => char.IsControl(letter) || IsInvisible(letter) ? ' ' : letter)).Trim();

    private static bool IsInvisible(char letter) => char.GetUnicodeCategory(letter) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator;
}
