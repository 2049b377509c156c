using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace SsoCibaMethod.Protection;

/// <summary>What starts are counted by: keyed hashes, since phone numbers, names and network addresses can be guessed from a bare one.</summary>
internal sealed class StartHashes(HintHashKey key)
{
    // The least that a keyed hash may be cut to (RFC 2104 §5): each waiting login carries two.
    private const int Length = 16;

    /// <summary>For everybody who asks for one user.</summary>
    public string OfHint(string method, CibaLoginHint hint) => Of("hint", method, HintText.Of(hint));

    /// <summary>For one browser that asks for one user.</summary>
    public string OfBrowser(string method, string browser, CibaLoginHint hint) => Of("browser", browser, method, HintText.Of(hint));

    /// <summary>For everybody who comes from one network.</summary>
    public string OfNetwork(string method, IPAddress network) => Of("network", method, network.ToString());

    private string Of(params string[] parts) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key.Current, Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, Length));
}
