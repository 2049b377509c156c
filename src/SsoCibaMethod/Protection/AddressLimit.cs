using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod.Protection;

/// <summary>How often a login may be started from one network address. It is counted in this process: an address that comes by several nodes gets the number from each.</summary>
internal sealed class AddressLimit : IDisposable
{
    private readonly PartitionedRateLimiter<Source> _limiter;
    private int _count;

    public AddressLimit(TimeProvider time) => _limiter = PartitionedRateLimiter.Create<Source, Source>(source => RateLimitPartition.Get(source, key =>
    {
        _ = Interlocked.Increment(ref _count);
        return new StartWindow(key.Number, key.Window, time, () => Interlocked.Decrement(ref _count));
    }));

    /// <summary>How many addresses are remembered; one that has not been seen for the window and ten seconds is not.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts a start.</summary>
    /// <returns>Why not now; <see langword="null"/> where nothing is against it, or it came by no network.</returns>
    public StartRefusal? Refusal(CibaMethod method, IPAddress? address)
    {
        var limits = method.Options.StartLimits;
        if (!limits.Enabled || address is null)
        {
            return null;
        }

        using var lease = _limiter.AttemptAcquire(new Source(method.Scheme, Network(address), limits.PerAddress, limits.Window));
        return lease.IsAcquired ? null
            : new StartRefusal(nameof(limits.PerAddress), StartRefusalReason.Started, lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : limits.Window);
    }

    public void Dispose() => _limiter.Dispose();

    // One customer has a /64 of IPv6 addresses at least (RFC 6177 §2).
    private static IPAddress Network(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    // With the settings in it: changed ones begin to count anew.
    private readonly record struct Source(string Method, IPAddress Network, int Number, TimeSpan Window);
}
