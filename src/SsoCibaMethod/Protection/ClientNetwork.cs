using System.Net;
using System.Net.Sockets;

namespace SsoCibaMethod.Protection;

/// <summary>What of a network address is counted: one customer has a /64 of IPv6 addresses at least (RFC 6177 §2).</summary>
internal static class ClientNetwork
{
    public static IPAddress Of(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
