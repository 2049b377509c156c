namespace SsoCibaMethod.Client.Tests;

/// <summary>One way in which an ID token can be wrong, and the rule it breaks.</summary>
internal sealed record BadIdToken(string Name, IdTokenFault Fault, Func<string> Make)
{
    /// <summary>What the client is configured with.</summary>
    public IReadOnlyList<string> Algorithms { get; init; } = ["PS256"];

    public IReadOnlyList<string> AcrValues { get; init; } = [];

    public TimeSpan? MaxAge { get; init; }

    public string? ExpectedSubject { get; init; }

    public string? RefreshToken { get; init; }

    public bool IsPushed { get; init; }

    public IdTokenDecryption? Decryption { get; init; }

    public override string ToString() => Name;
}
