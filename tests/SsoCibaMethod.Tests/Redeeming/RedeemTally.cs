using System.Collections.Concurrent;
using System.Globalization;

namespace SsoCibaMethod.Tests.Redeeming;

/// <summary>How often what happened.</summary>
internal sealed class RedeemTally
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public void Add(string what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);

    public int Of(string what) => _counts.GetValueOrDefault(what);

    public override string ToString() =>
        string.Join('\n', _counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value,9:n0}  {count.Key}")));
}
