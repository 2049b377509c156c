using System.Security.Cryptography;
using System.Text;

namespace SsoCibaMethod.Benchmarks.Polls;

/// <summary>What every client of a benchmark is registered as, and how a request of it looks.</summary>
internal static class Registration
{
    public const string ClientId = "benchmark";
    public const string Secret = "a-client-secret-as-long-as-usual";

    public static string Basic { get; } = "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{ClientId}:{Secret}"));

    public static ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Ids as an OP draws them.</summary>
    public static IReadOnlyList<string> AuthReqIds(int count) => [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid().ToString("N"))];
}
