using System.Security.Cryptography;
using System.Text;

namespace SsoCibaMethod.Client;

/// <summary>
/// An authentication that waits for the user: what must be known to go on with it, also in another process. It holds the ticket for the tokens, so
/// it is confidential, as is the text <see cref="Serialize"/> makes of it: keep that where only this program can read it, and delete it after the end.
/// </summary>
public sealed class PendingAuthentication
{
    private readonly Lock _gate = new();
    private TimeSpan _interval;
    private bool _hasUnansweredPoll;
    private bool _mayHaveBeenPolled;
    private bool _isWaitedFor;

    internal PendingAuthentication(TimeSpan interval) => _interval = interval;

    /// <summary>The ticket, as the acknowledgement gave it. Confidential. A program that gets notifications finds the handle by it.</summary>
    public required string AuthReqId { get; init; }

    /// <summary>When the request was sent, by the wall clock.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it ends without a decision, by the wall clock.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>The context classes that satisfy, those asked for where the request names no others; if any, the ID token's <c>acr</c> must be one of them.</summary>
    public IReadOnlyList<string> AcrValues { get; init; } = [];

    /// <summary>How long ago the user may have proved who they are; the ID token's <c>auth_time</c> is held against it.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>The user who was asked, where that is known beforehand: the <c>sub</c> of the <c>id_token_hint</c>.</summary>
    public string? Subject { get; init; }

    /// <summary>The interval in force; <c>slow_down</c> lengthens it for good (CIBA Core §11).</summary>
    public TimeSpan Interval
    {
        get
        {
            lock (_gate)
            {
                return _interval;
            }
        }

        internal set
        {
            lock (_gate)
            {
                _interval = value;
            }
        }
    }

    internal AcknowledgementOrigin? Origin { get; init; }

    internal byte[]? NotificationTokenHash { get; init; }

    internal NotificationInbox Inbox { get; } = new();

    /// <summary>Whether an answer of the OP may have been lost, and the tokens with it.</summary>
    internal bool HasUnansweredPoll
    {
        get
        {
            lock (_gate)
            {
                return _hasUnansweredPoll;
            }
        }

        set
        {
            lock (_gate)
            {
                _hasUnansweredPoll = value;
            }
        }
    }

    /// <summary>Whether a poll may have left already, and an instant ago.</summary>
    internal bool MayHaveBeenPolled
    {
        get
        {
            lock (_gate)
            {
                return _mayHaveBeenPolled;
            }
        }

        set
        {
            lock (_gate)
            {
                _mayHaveBeenPolled = value;
            }
        }
    }

    /// <summary>Makes the handle of a request just acknowledged.</summary>
    /// <param name="request">The request as it was sent.</param>
    /// <param name="acknowledgement">The OP's answer to it, from <see cref="CibaClient.StartAsync"/>.</param>
    /// <param name="polling">The client's settings of polling; the defaults where absent.</param>
    /// <returns>The handle, for <see cref="CibaClient.WaitAsync"/>.</returns>
    /// <exception cref="ArgumentException">The acknowledgement does not say when the request was sent.</exception>
    public static PendingAuthentication Begin(
        BackchannelAuthenticationRequest request, BackchannelAuthenticationResponse.Acknowledged acknowledgement, PollSettings? polling = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(acknowledgement);
        if (acknowledgement.SentAt == default)
        {
            throw new ArgumentException("The acknowledgement does not say when the request was sent (SentAt).", nameof(acknowledgement));
        }

        var schedule = PollSchedule.Begin(TimeSpan.Zero, TimeSpan.Zero, acknowledgement, polling ?? new PollSettings());
        var pending = new PendingAuthentication(schedule.Interval)
        {
            AuthReqId = acknowledgement.AuthReqId,
            RequestedAt = acknowledgement.SentAt,

            // An OP may answer more than it was asked for; whoever asks for less means it.
            Deadline = acknowledgement.SentAt + (request.RequestedExpiry < schedule.Deadline ? request.RequestedExpiry.Value : schedule.Deadline),
            AcrValues = [.. request.SatisfyingAcrValues],
            MaxAge = request.MaxAge,
            Subject = HintSubject.Of(request.IdTokenHint),
            Origin = acknowledgement.Origin,
            NotificationTokenHash = request.ClientNotificationToken is { } token ? Hash(token) : null,
        };
        request.Early.HandOver(pending, request.ClientNotificationToken);
        return pending;
    }

    /// <summary>Reads what <see cref="Serialize"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The handle. Waiting for it begins with a whole interval, since it is not known when the OP was asked last.</returns>
    /// <exception cref="FormatException">The text is not one that this version can read; the message says why and repeats nothing of it.</exception>
    public static PendingAuthentication Parse(string text) => PendingAuthenticationText.Read(text);

    /// <summary>Writes the handle as a text of JSON, with its version in it. Confidential.</summary>
    /// <returns>The text, for <see cref="Parse"/>.</returns>
    public string Serialize() => PendingAuthenticationText.Write(this);

    /// <summary>
    /// Takes a call of the OP to the program's notification endpoint. A ping makes <see cref="CibaClient.WaitAsync"/> ask at once, a push ends it;
    /// one that comes twice, or too late, has no effect. One that comes before this handle is there is for <see cref="BackchannelAuthenticationRequest.Notify"/>.
    /// </summary>
    /// <param name="notificationToken">The bearer token of the call's <c>Authorization</c> header.</param>
    /// <param name="notification">What the call said.</param>
    /// <returns>
    /// <see langword="false"/> where the token is not the one of this request, or the notification is about another: nothing was taken, and the answer
    /// is HTTP 401. <see langword="true"/>: HTTP 204, or 400 where it is <see cref="CibaNotification.Malformed"/> (CIBA Core §10.2).
    /// </returns>
    public bool Notify(string? notificationToken, CibaNotification notification)
    {
        ArgumentNullException.ThrowIfNull(notification);
        if (notificationToken is null || NotificationTokenHash is null || !CryptographicOperations.FixedTimeEquals(Hash(notificationToken), NotificationTokenHash))
        {
            return false;
        }

        if (notification is CibaNotification.Malformed)
        {
            return true;
        }

        var isOurs = AuthReqId == notification switch
        {
            CibaNotification.Ping ping => ping.AuthReqId,
            CibaNotification.Tokens tokens => tokens.AuthReqId,
            CibaNotification.Refused refused => refused.AuthReqId,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (isOurs)
        {
            Inbox.Put(notification);
        }

        return isOurs;
    }

    /// <summary>Names the type only: what it holds is confidential.</summary>
    public override string ToString() => nameof(PendingAuthentication);

    /// <summary>What the ID token must fit.</summary>
    internal IdTokenExpectation Expectation(bool isPushed) =>
        new() { RequestedAt = RequestedAt, AuthReqId = AuthReqId, AcrValues = AcrValues, MaxAge = MaxAge, Subject = Subject, IsPushed = isPushed };

    /// <summary>Two waits would poll beside each other, which CIBA Core §10.1 forbids.</summary>
    internal void BeginWait()
    {
        lock (_gate)
        {
            if (_isWaitedFor)
            {
                throw new InvalidOperationException("This authentication is being waited for already.");
            }

            _isWaitedFor = true;
        }
    }

    internal void EndWait()
    {
        lock (_gate)
        {
            _isWaitedFor = false;
        }
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
