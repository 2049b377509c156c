namespace SsoCibaMethod.Conformance.Tests;

/// <summary>One thing a client may do wrong.</summary>
/// <param name="Name">What.</param>
/// <param name="Finding">What the finding must hold.</param>
/// <param name="Spoil">Does it.</param>
internal sealed record BadRequest(string Name, string Finding, Action<HandMade> Spoil)
{
    public string Variant { get; init; } = "plain_fapi poll private_key_jwt";

    /// <summary>How many times it is sent; twice for what must be new each time.</summary>
    public int Times { get; init; } = 1;
}
