using System.Collections.Concurrent;

namespace SsoCibaMethod.Client;

/// <summary>The newest nonce of each endpoint: an OP wants the proofs of its token endpoint to carry it (RFC 9449 §8). One endpoint's is not another's.</summary>
internal sealed class DPoPNonces
{
    private const int Longest = 1024;

    private readonly ConcurrentDictionary<Uri, string> _newest = new();

    public string? Of(Uri endpoint) => _newest.GetValueOrDefault(endpoint);

    /// <summary>Keeps what an answer brought, and makes nothing of what is no nonce (RFC 9449 §8.1).</summary>
    /// <returns>Whether it brought one.</returns>
    public bool Keep(Uri endpoint, BackchannelAnswer answer)
    {
        if (answer is not BackchannelAnswer.Received { DPoPNonce: { Length: > 0 and <= Longest } nonce } || !nonce.All(letter => letter is > ' ' and <= '~' and not '"' and not '\\'))
        {
            return false;
        }

        _newest[endpoint] = nonce;
        return true;
    }
}
