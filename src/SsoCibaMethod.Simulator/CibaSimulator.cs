using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsoCibaMethod.Simulator.Clients;
using SsoCibaMethod.Simulator.Keys;
using SsoCibaMethod.Simulator.Notifications;
using SsoCibaMethod.Simulator.Proofs;
using SsoCibaMethod.Simulator.Requests;
using SsoCibaMethod.Simulator.Scripts;
using SsoCibaMethod.Simulator.Tokens;

namespace SsoCibaMethod.Simulator;

/// <summary>The simulated OP in the hands of a test: its switches, its requests, its counters, and what becomes of the next request in a line.</summary>
/// <example>
/// <code>
/// simulator.ApproveNextFor("alice");                                      // alice approves what comes next
/// simulator.ApproveNextFor("alice", TimeSpan.FromSeconds(12));            // … 12 s after it came
/// simulator.DeclineNextFor("bob");
/// simulator.ExpireNextFor("bob");
/// simulator.FailNextRequest("invalid_binding_message");                   // the backchannel authentication endpoint refuses
/// simulator.FailNextPoll("server_error", 503);                            // the token endpoint is in trouble
/// simulator.AnswerNextPoll(new(200, "&lt;html&gt;") { ContentType = "text/html", Delay = TimeSpan.FromSeconds(30) });
/// simulator.Options.SlowDownNextPolls = 2;
/// simulator.Options.Interval = TimeSpan.FromSeconds(31);
/// simulator.Options.LongPolling = TimeSpan.FromSeconds(25);               // polls are held back until something is decided
/// simulator.Options.AcknowledgementDelay = TimeSpan.FromSeconds(6);
/// simulator.MisdeliverNext(CibaSimulatorMisdelivery.Duplicate);           // ping and push
/// var request = await simulator.WaitForRequestAsync("alice");             // what did the client send?
/// simulator.Approve(request.AuthReqId);
/// </code>
/// </example>
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
        RequestScript = new AnswerScript(time);
        PollScript = new AnswerScript(time);
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

    internal AnswerScript RequestScript { get; }

    internal AnswerScript PollScript { get; }

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

    /// <summary>Approves the next request that arrives for a login hint.</summary>
    /// <param name="loginHint">The login hint.</param>
    /// <param name="after">How long after its arrival; at once by default.</param>
    public void ApproveNextFor(string loginHint, TimeSpan after = default) => DecideNextFor(loginHint, CibaSimulatorDecision.Approve, after);

    /// <summary>Declines the next request that arrives for a login hint.</summary>
    /// <param name="loginHint">The login hint.</param>
    /// <param name="after">How long after its arrival; at once by default.</param>
    public void DeclineNextFor(string loginHint, TimeSpan after = default) => DecideNextFor(loginHint, CibaSimulatorDecision.Decline, after);

    /// <summary>Lets the next request that arrives for a login hint expire.</summary>
    /// <param name="loginHint">The login hint.</param>
    /// <param name="after">How long after its arrival; at once by default.</param>
    public void ExpireNextFor(string loginHint, TimeSpan after = default) => DecideNextFor(loginHint, CibaSimulatorDecision.Expire, after);

    /// <summary>Decides about the next request that arrives for a login hint. Several calls stand in a queue.</summary>
    /// <param name="loginHint">The login hint; for another kind of hint the first login hint of the account.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="after">How long after its arrival; at once by default.</param>
    public void DecideNextFor(string loginHint, CibaSimulatorDecision decision, TimeSpan after = default) =>
        Book.DecideNextFor(loginHint, decision, after);

    /// <summary>Refuses the next authentication request that is in order. Several calls stand in a queue.</summary>
    /// <param name="error">The error code (CIBA Core §13).</param>
    /// <param name="status">The HTTP status.</param>
    public void FailNextRequest(string error, int status = 400) => AnswerNextRequest(CibaSimulatorAnswer.Error(error, status));

    /// <summary>Answers the next authentication request that is in order as a test wants; the OP itself forgets the request.</summary>
    /// <param name="answer">The answer.</param>
    public void AnswerNextRequest(CibaSimulatorAnswer answer) => RequestScript.Add(answer);

    /// <summary>Answers the next poll of a known <c>auth_req_id</c> with an error. Several calls stand in a queue.</summary>
    /// <param name="error">The error code (CIBA Core §11).</param>
    /// <param name="status">The HTTP status.</param>
    public void FailNextPoll(string error, int status = 400) => AnswerNextPoll(CibaSimulatorAnswer.Error(error, status));

    /// <summary>Answers the next poll of a known <c>auth_req_id</c> as a test wants; what becomes of the request at the OP does not depend on it.</summary>
    /// <param name="answer">The answer; after one that is an end, further polls are counted as such.</param>
    public void AnswerNextPoll(CibaSimulatorAnswer answer) => PollScript.Add(answer);

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
