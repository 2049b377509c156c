using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SsoCibaMethod.Protection;

/// <summary>What starts are counted by: keyed hashes, since phone numbers and names can be guessed from a bare one.</summary>
internal sealed class HintHashes(HintHashKey key)
{
    /// <summary>For everybody who asks for one user.</summary>
    public string OfHint(string method, CibaLoginHint hint) => Of("hint", method, HintText.Of(hint));

    /// <summary>For one browser that asks for one user.</summary>
    public string OfBrowser(string method, string browser, CibaLoginHint hint) => Of("browser", browser, method, HintText.Of(hint));

    private string Of(params string[] parts) => Base64Url.EncodeToString(HMACSHA256.HashData(key.Current, Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}
