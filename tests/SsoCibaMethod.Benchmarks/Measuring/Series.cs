namespace SsoCibaMethod.Benchmarks.Measuring;

/// <summary>One figure, measured round by round.</summary>
internal sealed class Series(IReadOnlyList<double> values)
{
    private readonly double[] _sorted = [.. values.Order()];

    public double Median => At(0.5);

    public double Least => _sorted[0];

    public double Most => _sorted[^1];

    /// <summary>What this share of the values does not exceed.</summary>
    public double At(double share) => _sorted.Length == 0 ? double.NaN : _sorted[Math.Clamp((int)Math.Ceiling(share * _sorted.Length) - 1, 0, _sorted.Length - 1)];

    /// <summary>This against another, round by round.</summary>
    public Series Against(Series other) => new([.. values.Zip(other.Values, (own, others) => own / others)]);

    /// <summary>What this is more than another, round by round.</summary>
    public Series Less(Series other) => new([.. values.Zip(other.Values, (own, others) => own - others)]);

    public IReadOnlyList<double> Values => values;
}
