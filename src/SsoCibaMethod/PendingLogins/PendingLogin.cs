using SsoCibaMethod.Client;
using SsoCibaMethod.Messages;

namespace SsoCibaMethod.PendingLogins;

/// <summary>One user's wait, from the hint to the sign-in. Confidential: <see cref="ToString"/> shows none of it.</summary>
/// <remarks>Every transition stands here; each gives <see langword="null"/> where the present state does not allow it. Nothing leaves a final state.</remarks>
internal sealed record PendingLogin
{
    // How long a repeated request of the same browser is served after the sign-in.
    public static readonly TimeSpan RedeemedFor = TimeSpan.FromSeconds(30);

    // How long the same form sent twice gets the same answer where a limit refused it.
    private static readonly TimeSpan RefusedFor = TimeSpan.FromSeconds(30);

    // How long the page of an ended login can still tell how it ended.
    public static readonly TimeSpan EndedFor = TimeSpan.FromMinutes(10);

    // What came in time is judged to its end: the OP's keys may have to be fetched for it first, and each fetch waits its turn.
    private static readonly TimeSpan JudgedFor = TimeSpan.FromSeconds(80);

    public required string Id { get; init; }

    public required string Method { get; init; }

    public required long Version { get; init; }

    public required PendingLoginState State { get; init; }

    public required string? Owner { get; init; }

    /// <summary>Until when the present state holds; then the login has expired or is forgotten.</summary>
    public required DateTimeOffset Deadline { get; init; }

    public required PendingLoginDetails Details { get; init; }

    /// <summary>When nobody works on the present state any more. The node that polls ends a wait at its <see cref="Deadline"/>, unless it has tokens to judge.</summary>
    public DateTimeOffset AbandonedAt => State == PendingLoginState.Waiting && !IsDecoy ? Deadline + JudgedFor : Deadline;

    /// <summary>Who is asked, or the browser known to ask, as the start is counted by it; 0 where it is not.</summary>
    public long HintHash { get; init; }

    /// <summary>The network the start is counted by; 0 where it is not.</summary>
    public long AddressHash { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string Reference => Details.Reference;

    public bool IsEnded => IsFinal(State);

    /// <summary>Whether the OP took the request, so that a phone rang.</summary>
    public bool WasAcknowledged => Details.RequestedAt != default;

    /// <summary>When it ended; as long as it has not, when its present state ends at the latest, as far as the page shows.</summary>
    public DateTimeOffset EndsAt => EndedAt ?? (State is PendingLoginState.Starting or PendingLoginState.Waiting ? Details.ShownUntil : null) ?? Deadline;

    /// <summary>Whether it only looks as if it waited: the OP refused the request, or has given it up.</summary>
    public bool IsDecoy => State == PendingLoginState.Waiting && Details.AuthReqId is null;

    public static bool IsFinal(PendingLoginState state) => state is PendingLoginState.Redeemed or PendingLoginState.Declined or PendingLoginState.Expired
        or PendingLoginState.Cancelled or PendingLoginState.Failed;

    /// <summary>The login with the bare code as its binding message; <see langword="null"/> where there is nothing to drop.</summary>
    public PendingLogin? WithBareCode() => Details.BindingMessage is { } message && message != Details.BindingCode
        ? this with { Details = Details with { BindingMessage = Details.BindingCode } }
        : null;

    public PendingLogin? Acknowledge(string authReqId, TimeSpan interval, DateTimeOffset requestedAt, DateTimeOffset deadline, int client = 0) => State == PendingLoginState.Starting
        ? Next(PendingLoginState.Waiting) with
        {
            Deadline = deadline,
            Details = Details with
            {
                AuthReqId = authReqId,
                Interval = interval,
                ClientFingerprint = client != 0 ? client : Details.ClientFingerprint,
                RequestedAt = requestedAt,
                ExpiresAt = deadline,
                MessageKey = null,

                // It was sent; the page goes on to show what it has of it.
                BindingMessage = Details.CodeOnPhone(),
                Notification = Details.Notification?.AuthReqId == authReqId ? Details.Notification : null,
            },
        }
        : null;

    /// <summary>Gives whoever sends the request only so long to say what came of it: its node may be gone.</summary>
    public PendingLogin? Hurry(DateTimeOffset until) => State == PendingLoginState.Starting && Deadline > until ? Next(State) with { Deadline = until } : null;

    /// <summary>Goes on as if the OP asked the user, though it refused the request.</summary>
    public PendingLogin? Pretend(DateTimeOffset until) => State == PendingLoginState.Starting
        ? (this with { Details = Details with { NotificationTokenHash = null } }).Decoy(until)
        : null;

    public PendingLogin? NeedUserCode(string? messageKey, DateTimeOffset deadline) => State == PendingLoginState.Starting
        ? Next(PendingLoginState.UserCodeNeeded) with
        {
            Deadline = deadline,
            Owner = null,
            Details = Details with
            {
                MessageKey = messageKey,
                WrongUserCodes = Details.WrongUserCodes + (messageKey is null ? 0 : 1),
                NotificationTokenHash = null,
                Notification = null,
            },
        }
        : null;

    public PendingLogin? SendUserCode(string owner, DateTimeOffset deadline, TokenDeliveryMode mode, string? notificationTokenHash) => State == PendingLoginState.UserCodeNeeded
        ? Next(PendingLoginState.Starting) with { Deadline = deadline, Owner = owner, Details = Details with { DeliveryMode = mode, NotificationTokenHash = notificationTokenHash } }
        : null;

    /// <summary>Keeps what the OP told by itself; the first one counts.</summary>
    public PendingLogin? Notify(ReceivedNotification notification) => State is PendingLoginState.Starting or PendingLoginState.Waiting && Details.Notification is null && !IsDecoy
        ? Next(State) with { Details = Details with { Notification = notification } }
        : null;

    public PendingLogin? SlowDown(TimeSpan interval) => State == PendingLoginState.Waiting
        ? Next(PendingLoginState.Waiting) with { Details = Details with { Interval = interval } }
        : null;

    public PendingLogin? Approve(ApprovedAnswer answer, DateTimeOffset receivedAt, DateTimeOffset deadline) => State == PendingLoginState.Waiting
        ? Next(PendingLoginState.Approved) with { Deadline = deadline, Owner = null, Details = Details with { Answer = answer, TokensReceivedAt = receivedAt, Notification = null } }
        : null;

    public PendingLogin? Redeem(DateTimeOffset now) => State == PendingLoginState.Approved
        ? Next(PendingLoginState.Redeemed) with { Deadline = now + RedeemedFor, EndedAt = now, Owner = null }
        : null;

    /// <summary>Ends a login that a limit on starting refused, before anything was sent. It counts for its hint no longer.</summary>
    /// <param name="retryAt">When a new try is possible.</param>
    /// <param name="messageKey">The text that tells the user.</param>
    /// <param name="now">The present.</param>
    public PendingLogin? Refuse(DateTimeOffset retryAt, string messageKey, DateTimeOffset now) => State == PendingLoginState.Starting
        ? Next(PendingLoginState.Failed) with
        {
            Deadline = now + RefusedFor,
            EndedAt = now,
            Owner = null,
            HintHash = 0,
            Details = Details with { MessageKey = messageKey, RetryAt = retryAt, NotificationTokenHash = null },
        }
        : null;

    public PendingLogin? Cancel(DateTimeOffset now) => End(PendingLoginState.Cancelled, MessageKeys.LoginCancelled, now);

    /// <summary>Cancels the login because the user wants to send another request.</summary>
    /// <param name="now">The present.</param>
    public PendingLogin? MakeWay(DateTimeOffset now) => End(PendingLoginState.Cancelled, MessageKeys.LoginAgain, now);

    /// <summary>Ends the login without a sign-in.</summary>
    /// <param name="state">The final state.</param>
    /// <param name="messageKey">The text that tells the user.</param>
    /// <param name="now">The present.</param>
    public PendingLogin? End(PendingLoginState state, string messageKey, DateTimeOffset now) => IsEnded
        ? null
        : IsHidden(state, messageKey) && Details.ShownUntil > now
        ? Decoy(Details.ShownUntil.Value)
        : Next(state) with
        {
            Deadline = EndOf(state, now) + EndedFor,
            EndedAt = EndOf(state, now),
            Owner = null,
            Details = Details with { MessageKey = messageKey, AuthReqId = null, AuthReqIdHash = Details.HashOfAuthReqId(), Answer = null, Notification = null },
        };

    /// <summary>Whether an <c>auth_req_id</c> is this login's; <see langword="null"/> where it is not known, before the acknowledgement or without one.</summary>
    public bool? IsAbout(string authReqId) => Details.HashOfAuthReqId() is { } hash ? SecretHash.IsOf(authReqId, hash) : null;

    public override string ToString() => $"{Method} {Reference} {State}";

    // Where the page must not tell how the OP answers: that it gave up, or failed while it was polled, which happens to those it knows only.
    private bool IsHidden(PendingLoginState state, string messageKey) =>
        state == PendingLoginState.Expired
        || (State == PendingLoginState.Waiting && messageKey is MessageKeys.LoginFailed or MessageKeys.LoginUnavailable or MessageKeys.LoginLost);

    // When somebody noticed would tell whether there was something to notice.
    private DateTimeOffset EndOf(PendingLoginState state, DateTimeOffset now) => state == PendingLoginState.Expired ? Details.ShownUntil ?? now : now;

    // Nobody polls, and when the time is over it has expired.
    private PendingLogin Decoy(DateTimeOffset until) => Next(PendingLoginState.Waiting) with
    {
        Deadline = until,
        Details = Details with
        {
            RequestedAt = WasAcknowledged ? Details.RequestedAt : StartedAt,
            ExpiresAt = until,
            AuthReqId = null,
            AuthReqIdHash = Details.HashOfAuthReqId(),
            MessageKey = null,
            Notification = null,
        },
    };

    private PendingLogin Next(PendingLoginState state) => this with { State = state, Version = Version + 1 };
}
