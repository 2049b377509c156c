using System.Globalization;

namespace SsoCibaMethod.Tests.Scale;

/// <summary>What a run counted, and what it found broken.</summary>
internal sealed class ScaleReport
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, double> _most = new(StringComparer.Ordinal);

    /// <summary>Rules that were broken, the first of them in words.</summary>
    public List<string> Broken { get; } = [];

    public int BrokenCount { get; private set; }

    /// <summary>Stands for all that happened, in its order.</summary>
    public ulong Trace { get; private set; }

    public long this[string what] => _counts.GetValueOrDefault(what);

    public void Count(string what, long more = 1)
    {
        _counts[what] = _counts.GetValueOrDefault(what) + more;
        Trace = ((Trace ^ (ulong)what.Length) * 0x100000001B3) + what[0];
    }

    public void Most(string what, double value) => _most[what] = Math.Max(_most.GetValueOrDefault(what), value);

    public double MostOf(string what) => _most.GetValueOrDefault(what);

    public void Break(string rule)
    {
        BrokenCount++;
        if (Broken.Count < 20)
        {
            Broken.Add(rule);
        }
    }

    public IEnumerable<string> Lines() =>
    [
        .. _counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key}: {count.Value:N0}")),
        .. _most.Select(most => string.Create(CultureInfo.InvariantCulture, $"most {most.Key}: {most.Value:N2}")),
        .. Broken,
    ];
}
