using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Requests;

/// <summary>One acknowledged request and its state machine. Not safe by itself: the book holds the lock around every call.</summary>
internal sealed class BackchannelRequest(AuthenticationRequest asked, TimeSpan interval, DateTimeOffset receivedAt, DateTimeOffset expiresAt)
{
    // What slow_down adds for this and all later polls (CIBA Core §11).
    private static readonly TimeSpan SlowDownStep = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _notified = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<CibaSimulatorNotification> _notifications = [];
    private CibaSimulatorState _state;
    private TimeSpan _interval = interval;
    private DateTimeOffset _expiresAt = expiresAt;
    private DateTimeOffset? _lastPolledAt;
    private CibaSimulatorCounters _counters = new(0, 0, 0, 0);
    private int _unanswered;
    private bool _endTold;

    /// <summary>Gets the id: 256 random bits in letters, digits, hyphen and underscore (CIBA Core §7.3).</summary>
    public string AuthReqId { get; } = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

    public AuthenticationRequest Asked => asked;

    public DateTimeOffset? DecidedAt { get; private set; }

    public DateTimeOffset ExpiresAt => _expiresAt;

    public CibaSimulatorDecision? Decision { get; private set; }

    /// <summary>Gets what a test wants to go wrong with the notification.</summary>
    public CibaSimulatorMisdelivery? Misdelivery { get; init; }

    public Task Decided => _decided.Task;

    /// <summary>Gets what ends when the acknowledgement has been sent: before that a client cannot know the id.</summary>
    public Task Acknowledged => _acknowledged.Task;

    /// <summary>Gets what ends when the first notification has been answered.</summary>
    public Task Notified => _notified.Task;

    public CibaSimulatorCounters Counters => _counters;

    public bool Decide(CibaSimulatorDecision decision, DateTimeOffset now)
    {
        if (StateAt(now) is not CibaSimulatorState.Pending)
        {
            return false;
        }

        DecidedAt = now;
        Decision = decision;
        switch (decision)
        {
            case CibaSimulatorDecision.Approve:
                _state = CibaSimulatorState.Approved;
                break;
            case CibaSimulatorDecision.Decline:
                _state = CibaSimulatorState.Declined;
                break;
            case CibaSimulatorDecision.Fail:
                _state = CibaSimulatorState.Failed;
                break;
            default:
                _expiresAt = now;
                break;
        }

        _decided.TrySetResult();
        return true;
    }

    /// <summary>A poll arrives. The interval runs from the poll before (CIBA Core §10.1); the first one may come at any time (§7.3).</summary>
    /// <returns>Whether it came early.</returns>
    public bool BeginPoll(DateTimeOffset now)
    {
        var early = _lastPolledAt + _interval > now;
        _counters += new CibaSimulatorCounters(1, early ? 1 : 0, _unanswered > 0 ? 1 : 0, _endTold ? 1 : 0);
        _lastPolledAt = now;
        _unanswered++;
        return early;
    }

    public void Acknowledge() => _acknowledged.TrySetResult();

    public void AddNotification(CibaSimulatorNotification notification)
    {
        _notifications.Add(notification);
        _counters += new CibaSimulatorCounters(0, 0, 0, 0) { Notifications = 1, RefusedNotifications = notification.IsAccepted ? 0 : 1 };
        if (notification.IsAccepted && _state is CibaSimulatorState.Approved && asked.Client.TokenDeliveryMode is CibaSimulatorDeliveryMode.Push)
        {
            _state = CibaSimulatorState.Redeemed;
        }

        _notified.TrySetResult();
    }

    public void EndPoll() => _unanswered--;

    public void TellEnd() => _endTold = true;

    public void SlowDown() => _interval += SlowDownStep;

    /// <summary>What the client is told now. Tokens are given once (CIBA Core §10.1.1), and only while the id is valid.</summary>
    public PollAnswer AnswerPoll(DateTimeOffset now)
    {
        var state = StateAt(now);
        _endTold = _endTold || state is not CibaSimulatorState.Pending;
        switch (state)
        {
            case CibaSimulatorState.Approved:
                _state = CibaSimulatorState.Redeemed;
                return PollAnswer.Tokens;
            case CibaSimulatorState.Declined:
                return PollAnswer.AccessDenied;
            case CibaSimulatorState.Failed:
                return PollAnswer.TransactionFailed;
            case CibaSimulatorState.Expired:
                return PollAnswer.ExpiredToken;
            case CibaSimulatorState.Redeemed:
                return PollAnswer.InvalidGrant;
            default:
                return PollAnswer.AuthorizationPending;
        }
    }

    public CibaSimulatorState StateAt(DateTimeOffset now) =>
        _state is CibaSimulatorState.Pending or CibaSimulatorState.Approved && now >= _expiresAt ? CibaSimulatorState.Expired : _state;

    public CibaSimulatorRequest SnapshotAt(DateTimeOffset now) => new()
    {
        AuthReqId = AuthReqId,
        Client = asked.Client,
        Account = asked.Account,
        Hint = asked.Hint,
        LoginHint = asked.LoginHint,
        BindingMessage = asked.BindingMessage,
        Scope = asked.Scope,
        AcrValues = asked.AcrValues,
        RequestedExpiry = asked.RequestedExpiry,
        Resources = asked.Resources,
        AuthorizationDetails = asked.AuthorizationDetails,
        RequestContext = asked.RequestContext,
        IsSigned = asked.IsSigned,
        ReceivedAt = receivedAt,
        ExpiresAt = _expiresAt,
        Interval = _interval,
        State = StateAt(now),
        Counters = _counters,
        LastPolledAt = _lastPolledAt,
        Notifications = [.. _notifications],
    };
}
