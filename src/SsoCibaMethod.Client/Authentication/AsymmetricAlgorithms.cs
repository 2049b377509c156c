using System.Collections.Frozen;

namespace SsoCibaMethod.Client;

/// <summary>The signatures made with a private key that are known here (RFC 7518 §3.1).</summary>
internal static class AsymmetricAlgorithms
{
    private static readonly FrozenSet<string> Names =
        new[] { "ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>All of them, as a sentence wants them.</summary>
    public static string All => string.Join(", ", Names.Order(StringComparer.Ordinal));

    public static bool Contains(string algorithm) => Names.Contains(algorithm);
}
