using System.Globalization;

namespace SsoCibaMethod.Testing.Fuzzing;

/// <summary>What the environment says of a run. Without it: the same answers each time, enough of them in a few seconds.</summary>
public static class FuzzSettings
{
    /// <summary>How many answers there are in CI.</summary>
    public const int Usual = 120_000;

    /// <summary>How many answers all kinds make together.</summary>
    public static int Count { get; } = Read("CIBA_FUZZ_COUNT") is { } count ? int.Parse(count, CultureInfo.InvariantCulture) : Usual;

    public static ulong Seed { get; } = ulong.Parse(Read("CIBA_FUZZ_SEED") ?? "20260302", CultureInfo.InvariantCulture);

    /// <summary>The one case of each kind that is wanted; all of them by default.</summary>
    public static int? Case { get; } = Read("CIBA_FUZZ_CASE") is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : null;

    /// <summary>The file that each kind adds its line of results to.</summary>
    public static string? Report { get; } = Read("CIBA_FUZZ_REPORT");

    private static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
