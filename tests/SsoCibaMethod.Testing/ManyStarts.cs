namespace SsoCibaMethod.Testing;

/// <summary>Settings of a method whose limits on starting no test reaches: what is tested is something else, and many logins come with one hint from one address.</summary>
public static class ManyStarts
{
    private const string Plenty = "10000";

    public static IReadOnlyList<(string Name, string Value)> Settings { get; } =
    [
        ("StartLimits:PerHint", Plenty),
        ("StartLimits:PerAddress", Plenty),
        ("StartLimits:PerBrowser", Plenty),
        ("StartLimits:UserCodes", Plenty),
        ("StartLimits:Cooldown", "00:00:00"),
    ];
}
