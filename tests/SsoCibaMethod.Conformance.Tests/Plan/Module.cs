namespace SsoCibaMethod.Conformance.Tests;

/// <summary>One module of the plan: what the OP plays and how it must end.</summary>
/// <param name="Name">Its full name in the suite.</param>
/// <param name="Play">What the OP does otherwise than usual.</param>
internal sealed record Module(string Name, Play Play)
{
    public const string Prefix = "fapi-ciba-id1-client-";

    /// <summary>The modes it applies to.</summary>
    public IReadOnlyList<string> Modes { get; init; } = [Variant.Poll, Variant.Ping];

    /// <summary>The profiles it applies to.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [Variant.Plain, Variant.Brazil, Variant.ConnectId];

    /// <summary>Whether the user ends signed in.</summary>
    public bool IsPositive { get; init; }

    /// <summary>What the page tells the user who ends not signed in; <see langword="null"/> where it tells nothing.</summary>
    public string? Notice { get; init; }

    public bool AppliesTo(Variant variant) => Modes.Contains(variant.Mode) && Profiles.Contains(variant.Profile);
}
