using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsoCibaMethod.Simulator.Clients;
using SsoCibaMethod.Simulator.Keys;
using SsoCibaMethod.Simulator.Notifications;
using SsoCibaMethod.Simulator.Proofs;
using SsoCibaMethod.Simulator.Requests;
using SsoCibaMethod.Simulator.Tokens;

namespace SsoCibaMethod.Simulator;

/// <summary>The simulated OP in the hands of a test: its switches, its requests, its counters.</summary>
public sealed class CibaSimulator : IDisposable
{
    private readonly TimeProvider _time;
    private readonly NotificationSender _notifications;
    private TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal CibaSimulator(IOptions<CibaSimulatorOptions> options, TimeProvider time, ILogger<CibaSimulator> logger)
    {
        _time = time;
        Options = options.Value;
        _notifications = new NotificationSender(this);
        Book = new RequestBook(Options, time, _notifications.Queue);
        DPoP = new DPoPProofs(Options, time);
        RefreshTokens = new RefreshTokenBook(time);
        Authenticator = new ClientAuthenticator(Options, time);
        RequestObjects = new RequestObject(Options, time);
        Hints = new HintResolver(Options, Keys, time);
        Log = logger;
    }

    /// <summary>Gets the switches; each may be changed at any time.</summary>
    public CibaSimulatorOptions Options { get; }

    /// <summary>Gets the requests, oldest first. Those long expired are forgotten.</summary>
    public IReadOnlyList<CibaSimulatorRequest> Requests => Book.Snapshot();

    /// <summary>Gets the counters over all requests since the start.</summary>
    public CibaSimulatorCounters Counters => Book.Counters;

    /// <summary>Gets how many requests were acknowledged since the start.</summary>
    public int Acknowledged => Book.Acknowledged;

    internal RequestBook Book { get; }

    internal DPoPProofs DPoP { get; }

    internal RefreshTokenBook RefreshTokens { get; }

    internal Task NotificationsReleased => Volatile.Read(ref _released).Task;

    internal ClientAuthenticator Authenticator { get; }

    internal RequestObject RequestObjects { get; }

    internal HintResolver Hints { get; }

    internal SigningKeys Keys { get; } = new();

    internal ILogger Log { get; }

    internal DateTimeOffset Now => _time.GetUtcNow();

    internal TimeProvider Time => _time;

    /// <summary>Approves a pending request.</summary>
    /// <returns>Whether it was still pending.</returns>
    /// <param name="authReqId">The <c>auth_req_id</c>.</param>
    public bool Approve(string authReqId) => Book.Decide(authReqId, CibaSimulatorDecision.Approve);

    /// <summary>Declines a pending request.</summary>
    /// <returns>Whether it was still pending.</returns>
    /// <param name="authReqId">The <c>auth_req_id</c>.</param>
    public bool Decline(string authReqId) => Book.Decide(authReqId, CibaSimulatorDecision.Decline);

    /// <summary>Lets a pending request expire now.</summary>
    /// <returns>Whether it was still pending.</returns>
    /// <param name="authReqId">The <c>auth_req_id</c>.</param>
    public bool Expire(string authReqId) => Book.Decide(authReqId, CibaSimulatorDecision.Expire);

    /// <summary>Approves the next request that arrives for a login hint, as it arrives.</summary>
    /// <param name="loginHint">The login hint.</param>
    public void ApproveNextFor(string loginHint) => DecideNextFor(loginHint, CibaSimulatorDecision.Approve);

    /// <summary>Decides about the next request that arrives for a login hint, as it arrives. Several calls stand in a queue.</summary>
    /// <param name="loginHint">The login hint.</param>
    /// <param name="decision">The decision.</param>
    public void DecideNextFor(string loginHint, CibaSimulatorDecision decision) => Book.DecideNextFor(loginHint, decision);

    /// <summary>Waits for a pending request for a login hint: one that is there already, or the next to arrive.</summary>
    /// <returns>The request.</returns>
    /// <param name="loginHint">The login hint.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<CibaSimulatorRequest> WaitForRequestAsync(string loginHint, CancellationToken cancellationToken = default) =>
        WaitForAsync(
            request => request.State == CibaSimulatorState.Pending && string.Equals(request.LoginHint, loginHint, StringComparison.OrdinalIgnoreCase),
            cancellationToken);

    /// <summary>Waits until some request matches, say by its state or its number of polls. Asked at once and after every arrival, poll and decision.</summary>
    /// <returns>The first request that matches.</returns>
    /// <param name="match">What is waited for; called inside the simulator's lock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<CibaSimulatorRequest> WaitForAsync(Func<CibaSimulatorRequest, bool> match, CancellationToken cancellationToken = default) =>
        Book.WaitForAsync(match, cancellationToken);

    /// <summary>Lets the notification of the next request of a ping or push client go astray. Several calls stand in a queue.</summary>
    /// <param name="misdelivery">How.</param>
    public void MisdeliverNext(CibaSimulatorMisdelivery misdelivery) => Book.MisdeliverNext(misdelivery);

    /// <summary>Sends the notifications that <see cref="CibaSimulatorMisdelivery.Late"/> kept back until now.</summary>
    public void ReleaseNotifications() =>
        Interlocked.Exchange(ref _released, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    /// <summary>Gets the <c>client_notification_token</c> of a request, for tests that call the notification endpoint themselves. It is in no snapshot, since those are printed.</summary>
    /// <returns>The token, or <see langword="null"/> for a request that is unknown or of a poll client.</returns>
    /// <param name="authReqId">The <c>auth_req_id</c>.</param>
    public string? NotificationTokenOf(string authReqId) => Book.NotificationTokenOf(authReqId);

    /// <summary>Makes a <c>login_hint_token</c> that names an account; once it has expired it is refused with <c>expired_login_hint_token</c>.</summary>
    /// <returns>The token.</returns>
    /// <param name="loginHint">A login hint of the account.</param>
    /// <param name="lifetime">How long the token is good; five minutes by default.</param>
    public string CreateLoginHintToken(string loginHint, TimeSpan? lifetime = null) =>
        Hints.CreateLoginHintToken(loginHint, lifetime ?? TimeSpan.FromMinutes(5));

    /// <summary>Signs with new keys from now on; the JWK set holds them and the ones before.</summary>
    public void RotateKeys() => Keys.Rotate();

    /// <summary>Stops sending notifications.</summary>
    public void Dispose() => _notifications.Dispose();
}
