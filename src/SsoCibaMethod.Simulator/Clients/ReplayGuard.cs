namespace SsoCibaMethod.Simulator.Clients;

/// <summary>Remembers every <c>jti</c> of a client until its assertion has expired, so that none is accepted twice (RFC 7523 §3).</summary>
internal sealed class ReplayGuard
{
    private readonly Lock _gate = new();
    private readonly HashSet<(string ClientId, string Jti)> _seen = [];
    private readonly PriorityQueue<(string ClientId, string Jti), DateTimeOffset> _byExpiry = new();

    public bool IsFirstUse(string clientId, string jti, DateTimeOffset expires, DateTimeOffset now)
    {
        lock (_gate)
        {
            while (_byExpiry.TryPeek(out var oldest, out var expiry) && expiry <= now)
            {
                _seen.Remove(oldest);
                _byExpiry.Dequeue();
            }

            if (!_seen.Add((clientId, jti)))
            {
                return false;
            }

            _byExpiry.Enqueue((clientId, jti), expires);
            return true;
        }
    }
}
