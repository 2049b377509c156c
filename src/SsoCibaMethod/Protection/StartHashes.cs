using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace SsoCibaMethod.Protection;

/// <summary>What starts are counted by: keyed hashes, since phone numbers, names and network addresses can be guessed from a bare one.</summary>
internal sealed class StartHashes(HintHashKey key)
{
    /// <summary>For everybody who asks for one user.</summary>
    public long OfHint(string method, CibaLoginHint hint) => Of("hint", method, HintText.Of(hint));

    /// <summary>For one browser that asks for one user.</summary>
    public long OfBrowser(string method, string browser, CibaLoginHint hint) => Of("browser", browser, method, HintText.Of(hint));

    /// <summary>For everybody who comes from one network.</summary>
    public long OfNetwork(string method, IPAddress network) => Of("network", method, network.ToString());

    // Nothing is proved by it, so 64 bits are enough, and each waiting login carries two: among a million that count, that any two count as one has a chance of one in thirty million.
    private long Of(params string[] parts) =>
        BinaryPrimitives.ReadInt64BigEndian(HMACSHA256.HashData(key.Current, Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}
