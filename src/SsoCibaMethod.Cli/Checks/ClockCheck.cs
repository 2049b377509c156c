using System.Globalization;

namespace SsoCibaMethod.Cli.Checks;

/// <summary>Do the OP's clock and this machine's agree? Both hang on it: our assertions there, its ID tokens here.</summary>
internal sealed class ClockCheck : IMethodCheck
{
    public const string Id = "clock";

    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(10);

    // What an answer tells of its time is a whole second.
    private static readonly TimeSpan LeastTolerance = TimeSpan.FromSeconds(2);

    private const string Cure = "Let both machines take the time from a time server (NTP); see which of the two is wrong.";

    public string Name => Id;

    public string? Needs => TlsCheck.Id;

    public async Task<IReadOnlyList<Finding>> RunAsync(CheckedMethod method, CancellationToken cancellationToken)
    {
        var clocks = new List<(Uri Server, ServerTime Time)>();
        foreach (var address in await method.ServersAsync(cancellationToken))
        {
            if ((await method.LookAsync(address, cancellationToken)).Clock is { } clock)
            {
                clocks.Add((address, clock));
            }
        }

        return clocks.Count == 0
            ? [Finding.Skipped("the OP's servers tell no time (no Date in their answers)")]
            : [Judge(clocks.MaxBy(clock => clock.Time.Ahead.Duration()), method.Options.ClockSkew)];
    }

    private static Finding Judge((Uri Server, ServerTime Time) clock, TimeSpan skew)
    {
        var tolerance = skew > LeastTolerance ? skew : LeastTolerance;
        var difference = clock.Time.Ahead.Duration();
        if (difference < Noticeable && difference < tolerance)
        {
            return Finding.Ok(difference < TimeSpan.FromSeconds(1) ? "no difference to the OP's" : $"{Seconds(difference)} from the OP's");
        }

        var seen = $"The clock of {clock.Server.Authority} is {Seconds(difference)} {(clock.Time.Ahead > TimeSpan.Zero ? "ahead of" : "behind")} this machine's";
        return difference >= tolerance
            ? Finding.Error($"{seen}, and ClockSkew allows {Seconds(tolerance)}: ID tokens or assertions are refused.", Cure)
            : Finding.Warning($"{seen}; ClockSkew allows {Seconds(tolerance)}.", Cure);
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s");
}
