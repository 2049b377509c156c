namespace SsoCibaMethod.Benchmarks.Measuring;

/// <summary>Measures several sides in turns, so that what else the machine does meets all of them; only figures of one run are compared.</summary>
internal static class Contest
{
    /// <summary>Warms each side up, then lets them take turns.</summary>
    /// <param name="pace">How long and how often.</param>
    /// <param name="sides">Each runs for the time it is given and says what it cost.</param>
    public static async Task<IReadOnlyList<Series>> RunAsync(Pace pace, params IReadOnlyList<Func<TimeSpan, Task<double>>> sides)
    {
        foreach (var side in sides)
        {
            _ = await side(pace.WarmUp);
        }

        var figures = sides.Select(_ => new double[pace.Rounds]).ToList();
        for (var round = 0; round < pace.Rounds; round++)
        {
            for (var turn = 0; turn < sides.Count; turn++)
            {
                // None pays for what another left behind; what cannot be cleared away meets each in its turn.
                GC.Collect();
                var side = (round + turn) % sides.Count;
                figures[side][round] = await sides[side](pace.Round);
            }
        }

        return [.. figures.Select(values => new Series(values))];
    }
}
