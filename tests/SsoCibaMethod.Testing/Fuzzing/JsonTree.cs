using System.Globalization;

namespace SsoCibaMethod.Testing.Fuzzing;

/// <summary>A JSON value: text, number as it was written, true, false, null, array or object.</summary>
public abstract record JsonTree
{
    private JsonTree()
    {
    }

    /// <summary>A member of an object; <see langword="null"/> where there is none.</summary>
    public JsonTree? this[string name] => this is Members members ? members.Values.GetValueOrDefault(name) : null;

    public string? AsText => this is Text text ? text.Value : null;

    public bool Has(string name) => this[name] is not null;

    /// <summary>Whether a member is absent, or fit.</summary>
    public bool IsAbsentOr(string name, Func<JsonTree, bool> isFit) => this[name] is not { } member || isFit(member);

    /// <summary>Whether it is an integer above zero of at most 64 bits, written without fraction and exponent.</summary>
    public bool IsPositiveInteger => this is Number { Raw: var raw } && raw.All(char.IsAsciiDigit) && long.TryParse(raw, CultureInfo.InvariantCulture, out var value) && value > 0;

    /// <summary>The number; <see langword="null"/> where it is none, or one beyond the year 9999.</summary>
    public double? AsDate => this is Number { Raw: var raw } && double.Parse(raw, CultureInfo.InvariantCulture) is >= 0 and <= 253_402_300_799 and var seconds ? seconds : null;

    public sealed record Text(string Value) : JsonTree;

    public sealed record Number(string Raw) : JsonTree;

    public sealed record Literal(string Name) : JsonTree;

    public sealed record Items(IReadOnlyList<JsonTree> Values) : JsonTree;

    public sealed record Members(IReadOnlyDictionary<string, JsonTree> Values) : JsonTree;
}
