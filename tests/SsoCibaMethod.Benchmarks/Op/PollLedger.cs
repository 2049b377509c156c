using System.Collections.Concurrent;

namespace SsoCibaMethod.Benchmarks.Op;

/// <summary>Counts polls, those that come before the interval is over, and those that come while another of the same login is out. It knows no tolerance.</summary>
internal sealed class PollLedger(TimeSpan interval)
{
    private readonly ConcurrentDictionary<string, Login> _logins = new(StringComparer.Ordinal);

    private long _polls;
    private long _early;
    private long _overlaps;

    public Login Arrived(string authReqId, long at)
    {
        var login = _logins.GetOrAdd(authReqId, _ => new Login());
        _ = Interlocked.Increment(ref _polls);
        if (Interlocked.Increment(ref login.Out) > 1)
        {
            _ = Interlocked.Increment(ref _overlaps);
        }

        if (Volatile.Read(ref login.AnsweredAt) is > 0 and var before && TimeProvider.System.GetElapsedTime(before, at) < interval)
        {
            _ = Interlocked.Increment(ref _early);
        }

        return login;
    }

    public void Answered(Login login) => Volatile.Write(ref login.AnsweredAt, TimeProvider.System.GetTimestamp());

    public void Over(Login login) => Interlocked.Decrement(ref login.Out);

    /// <summary>What was counted since the last time.</summary>
    public PollCounts Take() => new(Interlocked.Exchange(ref _polls, 0), Interlocked.Exchange(ref _early, 0), Interlocked.Exchange(ref _overlaps, 0));

    /// <summary>What the ledger has of one login.</summary>
    internal sealed class Login
    {
        public int Out;
        public long AnsweredAt;
    }
}

/// <summary>What an OP counted.</summary>
internal sealed record PollCounts(long Polls, long Early, long Overlaps);
