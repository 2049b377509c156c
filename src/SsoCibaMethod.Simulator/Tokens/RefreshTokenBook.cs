using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Tokens;

/// <summary>Refresh tokens: each is good once and for its client; one that comes a second time ends all that came from the same approval (RFC 9700 §4.14.2).</summary>
internal sealed class RefreshTokenBook(TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Grant Grant, DateTimeOffset Expires)> _good = [];
    private readonly Dictionary<string, Grant> _used = [];
    private readonly Queue<(string Token, DateTimeOffset Expires)> _byAge = new();

    public string Issue(Grant grant)
    {
        var token = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        var now = time.GetUtcNow();
        lock (_gate)
        {
            while (_byAge.TryPeek(out var oldest) && oldest.Expires <= now)
            {
                _byAge.Dequeue();
                _good.Remove(oldest.Token);
                _used.Remove(oldest.Token);
            }

            _good.Add(token, (grant, now + Lifetime));
            _byAge.Enqueue((token, now + Lifetime));
        }

        return token;
    }

    public Grant? Redeem(string token, CibaSimulatorClient client)
    {
        lock (_gate)
        {
            if (_used.TryGetValue(token, out var stolen) && stolen.Asked.Client == client)
            {
                foreach (var (sibling, _) in _good.Where(other => ReferenceEquals(other.Value.Grant, stolen)).ToArray())
                {
                    _good.Remove(sibling);
                }

                return null;
            }

            if (!_good.TryGetValue(token, out var found) || found.Grant.Asked.Client != client)
            {
                return null;
            }

            _good.Remove(token);
            _used.Add(token, found.Grant);
            return found.Expires > time.GetUtcNow() ? found.Grant : null;
        }
    }
}
