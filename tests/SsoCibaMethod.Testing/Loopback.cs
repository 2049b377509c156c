using System.Net;
using System.Net.Sockets;

namespace SsoCibaMethod.Testing;

/// <summary>Where a server of this machine can listen that has to know its address before it starts.</summary>
public static class Loopback
{
    /// <summary>A port that nobody listened at a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>An address with such a port.</summary>
    public static Uri FreeAddress() => new($"http://127.0.0.1:{FreePort()}/");
}
