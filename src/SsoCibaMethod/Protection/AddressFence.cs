using System.Net;
using System.Threading.RateLimiting;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod.Protection;

/// <summary>
/// Stands before the count by network address in the store, so that a flood costs no write: this process lets no more tries through than all nodes together may, and none while the
/// store's last refusal holds.
/// </summary>
internal sealed class AddressFence : IDisposable
{
    private readonly PartitionedRateLimiter<Source> _limiter;
    private int _count;

    public AddressFence(TimeProvider time) => _limiter = PartitionedRateLimiter.Create<Source, Source>(source => RateLimitPartition.Get(source, key =>
    {
        _ = Interlocked.Increment(ref _count);
        return new StartWindow(key.Number, key.Window, time, () => Interlocked.Decrement(ref _count));
    }));

    /// <summary>How many addresses are remembered; one that has not been seen for the window and ten seconds is not.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts a try here.</summary>
    /// <param name="method">The method.</param>
    /// <param name="address">Where it came from; <see langword="null"/> where it came by no network.</param>
    /// <param name="passed">The try; <see langword="null"/> where it did not pass or is not limited.</param>
    /// <returns>Why not now; <see langword="null"/> where nothing is against it.</returns>
    public StartRefusal? Refusal(CibaMethod method, IPAddress? address, out StartWindow.Try? passed)
    {
        passed = null;
        var limits = method.Options.StartLimits;
        if (!limits.Enabled || address is null)
        {
            return null;
        }

        var lease = (StartWindow.Try)_limiter.AttemptAcquire(new Source(method.Scheme, ClientNetwork.Of(address), limits.PerAddress, limits.Window));
        passed = lease.IsAcquired ? lease : null;
        return lease.RetryAfter is { } retryAfter ? new StartRefusal(nameof(limits.PerAddress), StartRefusalReason.Started, retryAfter) : null;
    }

    public void Dispose() => _limiter.Dispose();

    // With the settings in it: changed ones begin to count anew.
    private readonly record struct Source(string Method, IPAddress Network, int Number, TimeSpan Window);
}
