using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>What the OP remembers of one run.</summary>
internal sealed class OpState(OpFacts facts, Play play, TimeProvider clock)
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    public OpFacts Facts => facts;

    public Play Play => play;

    public TimeProvider Clock => clock;

    public Findings Findings { get; } = new();

    /// <summary>The client's public keys, as it publishes them.</summary>
    public ClientKeySet ClientKeys { get; set; } = ClientKeySet.None;

    public ConcurrentDictionary<string, OpLogin> Logins { get; } = new(StringComparer.Ordinal);

    /// <summary>The only login of a run; null before the acknowledgement.</summary>
    public OpLogin? Login => Logins.Values.SingleOrDefault();

    public string? AccessToken { get; set; }

    public string? RefreshToken { get; set; }

    public int Refreshes { get; set; }

    /// <summary>When the OP has said its last word on the login.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public bool ResourceWasGiven { get; set; }

    /// <summary>40 letters and 10 digits, as the suite makes them (K-4).</summary>
    public static string NewAuthReqId() => RandomNumberGenerator.GetString(Letters, 40) + RandomNumberGenerator.GetString("0123456789", 10);

    public static string NewToken() => RandomNumberGenerator.GetHexString(50);
}
