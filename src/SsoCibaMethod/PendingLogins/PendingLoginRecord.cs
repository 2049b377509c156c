namespace SsoCibaMethod.PendingLogins;

/// <summary>Where a pending login stands. Nothing leaves a final state.</summary>
public enum PendingLoginState
{
    /// <summary>The backchannel authentication request is being sent.</summary>
    Starting,

    /// <summary>The OP wants the user's code; the user is asked for it.</summary>
    UserCodeNeeded,

    /// <summary>The OP asks the user; a node polls.</summary>
    Waiting,

    /// <summary>The user approved, and the validated answer waits for the browser.</summary>
    Approved,

    /// <summary>Final: the browser was signed in.</summary>
    Redeemed,

    /// <summary>Final: the user, or the OP, said no.</summary>
    Declined,

    /// <summary>Final: nobody decided in time.</summary>
    Expired,

    /// <summary>Final: the user cancelled in the browser.</summary>
    Cancelled,

    /// <summary>Final: something went wrong.</summary>
    Failed,
}

/// <summary>A pending login as a store keeps it.</summary>
public sealed record PendingLoginRecord
{
    // A store in memory holds one of these for each login that waits, and a DateTimeOffset takes twice as much.
    private readonly long _startedAt;
    private readonly long _endsAt;
    private readonly long _keepUntil;

    /// <summary>The form of records this version writes.</summary>
    public const int CurrentSchema = 1;

    /// <summary>The first 132 bits of the SHA-256 of the browser's handle, base64url; the handle itself is stored nowhere.</summary>
    public required string Id { get; init; }

    /// <summary>The form of this record.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>1 when created, one more with every change.</summary>
    public required long Version { get; init; }

    /// <summary>The method: its scheme.</summary>
    public required string Method { get; init; }

    /// <summary>Where the login stands.</summary>
    public required PendingLoginState State { get; init; }

    /// <summary>The node that polls; <see langword="null"/> where nobody has to.</summary>
    public string? Owner { get; init; }

    /// <summary>The SHA-256 of the token the OP proves itself with when it calls, base64url; <see langword="null"/> in poll mode. No two records have the same.</summary>
    public string? NotificationTokenHash { get; init; }

    /// <summary>What starts are counted by: a keyed hash of who is to be asked, or of the browser that asks for it; 0 where this one does not count (any more).</summary>
    public long HintHash { get; init; }

    /// <summary>What starts from one network are counted by: a keyed hash of it; 0 where this one does not count (any more).</summary>
    public long AddressHash { get; init; }

    /// <summary>When the login was started.</summary>
    public DateTimeOffset StartedAt { get => Time(_startedAt); init => _startedAt = value.UtcTicks; }

    /// <summary>When the login ended; as long as it has not, when its present state ends at the latest.</summary>
    public DateTimeOffset EndsAt { get => Time(_endsAt); init => _endsAt = value.UtcTicks; }

    /// <summary>When the record may be deleted.</summary>
    public required DateTimeOffset KeepUntil { get => Time(_keepUntil); init => _keepUntil = value.UtcTicks; }

    /// <summary>Everything else, protected by the data protection of the host.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
