using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace SsoCibaMethod.Protection;

/// <summary>What starts are counted by: keyed hashes, since phone numbers, names and network addresses can be guessed from a bare one.</summary>
internal sealed class StartHashes(HintHashKey key)
{
    // Enough to tell networks apart: each waiting login carries one.
    private const int AddressBytes = 16;

    /// <summary>For everybody who asks for one user.</summary>
    public string OfHint(string method, CibaLoginHint hint) => Base64Url.EncodeToString(Of("hint", method, HintText.Of(hint)));

    /// <summary>For one browser that asks for one user.</summary>
    public string OfBrowser(string method, string browser, CibaLoginHint hint) => Base64Url.EncodeToString(Of("browser", browser, method, HintText.Of(hint)));

    /// <summary>For everybody who comes from one network.</summary>
    public string OfNetwork(string method, IPAddress network) => Base64Url.EncodeToString(Of("network", method, network.ToString()).AsSpan(0, AddressBytes));

    private byte[] Of(params string[] parts) => HMACSHA256.HashData(key.Current, Encoding.UTF8.GetBytes(string.Join('\n', parts)));
}
