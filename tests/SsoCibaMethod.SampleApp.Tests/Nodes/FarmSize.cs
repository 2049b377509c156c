using System.Globalization;

namespace SsoCibaMethod.SampleApp.Tests.Nodes;

/// <summary>How much a usual run has time for; <c>tests/faults.sh</c> sets more by the environment.</summary>
internal static class FarmSize
{
    /// <summary>How many logins wait on one node (CIBA_FARM_LOGINS are those of three).</summary>
    public static int LoginsOfNode { get; } = Number("CIBA_FARM_LOGINS", 60) / 3;

    /// <summary>How long the database is cut off (CIBA_FARM_OUTAGE, in seconds): by default a little longer than a lease.</summary>
    public static TimeSpan Outage { get; } = TimeSpan.FromSeconds(Number("CIBA_FARM_OUTAGE", 10));

    /// <summary>How long the OP is out (CIBA_FARM_OP_OUTAGE, in seconds).</summary>
    public static TimeSpan OpOutage { get; } = TimeSpan.FromSeconds(Number("CIBA_FARM_OP_OUTAGE", 4));

    /// <summary>What one machine can do for OP, nodes and browsers together.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(Math.Clamp(LoginsOfNode / 100, 1, 5));

    private static int Number(string name, int otherwise) => int.Parse(Environment.GetEnvironmentVariable(name) ?? $"{otherwise}", CultureInfo.InvariantCulture);
}
