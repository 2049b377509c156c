namespace SsoCibaMethod.Simulator.Requests;

/// <summary>All requests, the one lock around them, and what tests have announced or wait for.</summary>
internal sealed class RequestBook(CibaSimulatorOptions options, TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, BackchannelRequest> _requests = [];
    private readonly Queue<BackchannelRequest> _byArrival = new();
    private readonly Dictionary<string, Queue<CibaSimulatorDecision>> _announced = new(StringComparer.OrdinalIgnoreCase);
    private readonly RequestWaiters _waiters = new();
    private CibaSimulatorCounters _forgotten = new(0, 0, 0, 0);

    public int Acknowledged { get; private set; }

    public CibaSimulatorCounters Counters
    {
        get
        {
            lock (_gate)
            {
                return _byArrival.Aggregate(_forgotten, (sum, request) => Add(sum, request.Counters));
            }
        }
    }

    public IReadOnlyList<CibaSimulatorRequest> Snapshot()
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            return [.. _byArrival.Select(request => request.SnapshotAt(now))];
        }
    }

    public CibaSimulatorRequest Add(AuthenticationRequest asked)
    {
        var now = time.GetUtcNow();
        var wanted = TimeSpan.FromSeconds(asked.RequestedExpiry ?? int.MaxValue);
        var lifetime = wanted < options.Lifetime ? wanted : options.Lifetime;
        var request = new BackchannelRequest(asked, options.EffectiveInterval, now, now + lifetime);
        var acknowledged = request.SnapshotAt(now);
        lock (_gate)
        {
            Forget(now);
            _requests.Add(request.AuthReqId, request);
            _byArrival.Enqueue(request);
            Acknowledged++;
            var decision = _announced.TryGetValue(asked.LoginHint, out var queue) && queue.TryDequeue(out var next)
                ? next
                : options.DecideOnArrival?.Invoke(acknowledged);
            if (decision is { } decided)
            {
                request.Decide(decided, now);
            }

            Tell(request, now);
        }

        return acknowledged;
    }

    public void DecideNextFor(string loginHint, CibaSimulatorDecision decision)
    {
        lock (_gate)
        {
            if (!_announced.TryGetValue(loginHint, out var queue))
            {
                _announced.Add(loginHint, queue = new());
            }

            queue.Enqueue(decision);
        }
    }

    public bool Decide(string authReqId, CibaSimulatorDecision decision)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (!_requests.TryGetValue(authReqId, out var request) || !request.Decide(decision, now))
            {
                return false;
            }

            Tell(request, now);
            return true;
        }
    }

    /// <summary>Opens a poll, or finds nothing: an id is bound to the client it was given to (CIBA Core §11).</summary>
    public Poll? BeginPoll(string authReqId, CibaSimulatorClient client)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (!_requests.TryGetValue(authReqId, out var request) || request.Asked.Client.ClientId != client.ClientId)
            {
                return null;
            }

            var early = request.BeginPoll(now);
            Tell(request, now);
            return new(this, request, early);
        }
    }

    public PollAnswer AnswerPoll(BackchannelRequest request, bool early)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            var answer = request.AnswerPoll(now);
            if (answer is PollAnswer.AuthorizationPending && (early || options.SlowDownNextPolls > 0))
            {
                // An early poll is slowed down for its own sake and leaves the announced ones for others.
                options.SlowDownNextPolls -= early ? 0 : 1;
                request.SlowDown();
                answer = PollAnswer.SlowDown;
            }

            Tell(request, now);
            return answer;
        }
    }

    public bool WouldSlowDown(bool early)
    {
        lock (_gate)
        {
            return early || options.SlowDownNextPolls > 0;
        }
    }

    public void EndPoll(BackchannelRequest request)
    {
        lock (_gate)
        {
            request.EndPoll();
        }
    }

    public async Task<CibaSimulatorRequest> WaitForAsync(Func<CibaSimulatorRequest, bool> match, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        Task<CibaSimulatorRequest> found;
        lock (_gate)
        {
            if (_byArrival.Select(request => request.SnapshotAt(now)).FirstOrDefault(match) is { } there)
            {
                return there;
            }

            found = _waiters.Add(match);
        }

        return await found.WaitAsync(cancellationToken);
    }

    private static CibaSimulatorCounters Add(CibaSimulatorCounters one, CibaSimulatorCounters other) => new(
        one.Polls + other.Polls,
        one.EarlyPolls + other.EarlyPolls,
        one.OverlappingPolls + other.OverlappingPolls,
        one.PollsAfterEnd + other.PollsAfterEnd);

    private void Tell(BackchannelRequest request, DateTimeOffset now)
    {
        if (_waiters.Any)
        {
            _waiters.Tell(request.SnapshotAt(now));
        }
    }

    private void Forget(DateTimeOffset now)
    {
        while (_byArrival.TryPeek(out var oldest) && oldest.ExpiresAt + Remembered < now)
        {
            _byArrival.Dequeue();
            _requests.Remove(oldest.AuthReqId);
            _forgotten = Add(_forgotten, oldest.Counters);
        }
    }
}
