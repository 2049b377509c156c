using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Benchmarks.Measuring;

namespace SsoCibaMethod.Benchmarks.Tokens;

/// <summary>CPU of an ID token's validation, all checks, against the verification of its signature alone.</summary>
internal static class TokensBenchmark
{
    public static async Task RunAsync(BenchmarkSettings settings)
    {
        var pace = settings.PaceOf(seconds: 4, rounds: 5, warmUp: 4);
        var table = new Table();
        foreach (var (algorithm, target) in new[] { (SecurityAlgorithms.EcdsaSha256, 1.25), (SecurityAlgorithms.RsaSha256, 1.60) })
        {
            var token = new SignedIdToken(algorithm);
            var figures = await Contest.RunAsync(
                pace, duration => ClosedLoad.CpuOfCallAsync(token.ValidateAsync, duration, workers: 1), duration => ClosedLoad.CpuOfCallAsync(token.VerifyAsync, duration, workers: 1));
            table.Add($"ID token {algorithm}, all checks, against its signature alone", "µs", figures[0], figures[1], target);
        }
    }
}
