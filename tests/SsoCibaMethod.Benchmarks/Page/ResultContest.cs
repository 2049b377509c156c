using SsoCibaMethod.Benchmarks.Measuring;

namespace SsoCibaMethod.Benchmarks.Page;

/// <summary>When a result is heard of, in turns with the least that the same way can take: what else the machine does meets both.</summary>
internal static class ResultContest
{
    /// <summary>How many results a turn has.</summary>
    public const int Samples = 100;

    /// <summary>Lets both take turns. The target is for all of ours together, the comparison is round by round.</summary>
    public static async Task RunAsync(Table table, string figure, double target, int rounds, Func<Task<Series>> ours, string other, Func<Task<Series>> others)
    {
        List<Series> heard = [];
        List<Series> bare = [];
        for (var round = 0; round < rounds; round++)
        {
            heard.Add(await ours());
            bare.Add(await others());
        }

        table.Add($"{figure}, p95", "ms", new Series([.. heard.SelectMany(round => round.Values)]).At(0.95), target);
        foreach (var (name, share) in new[] { ("p95", 0.95), ("p50", 0.5) })
        {
            table.Add($"{figure}, {name}, against {other}", "ms", Of(heard, share), Of(bare, share));
        }
    }

    private static Series Of(List<Series> rounds, double share) => new([.. rounds.Select(round => round.At(share))]);
}
