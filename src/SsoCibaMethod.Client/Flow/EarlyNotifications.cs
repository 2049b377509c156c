using System.Security.Cryptography;
using System.Text;

namespace SsoCibaMethod.Client;

/// <summary>What the OP's calls said before its acknowledgement was there: kept until the handle is made, which knows the <c>auth_req_id</c> they must name.</summary>
internal sealed class EarlyNotifications
{
    // An OP has one thing to say; whoever says more than this is not minded.
    private const int Most = 4;

    private readonly Lock _gate = new();
    private readonly List<CibaNotification> _kept = [];
    private PendingAuthentication? _pending;

    public bool Put(string? notificationToken, string? expected, CibaNotification notification)
    {
        lock (_gate)
        {
            if (_pending is { } pending)
            {
                return pending.Notify(notificationToken, notification);
            }

            if (notificationToken is null || expected is null || !CryptographicOperations.FixedTimeEquals(Hash(notificationToken), Hash(expected)))
            {
                return false;
            }

            if (notification is not CibaNotification.Malformed && _kept.Count < Most)
            {
                _kept.Add(notification);
            }

            return true;
        }
    }

    /// <summary>Hands over what was kept; from here on it is the handle that is told.</summary>
    public void HandOver(PendingAuthentication pending, string? notificationToken)
    {
        lock (_gate)
        {
            _pending = pending;
            _kept.ForEach(notification => pending.Notify(notificationToken, notification));
            _kept.Clear();
        }
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
