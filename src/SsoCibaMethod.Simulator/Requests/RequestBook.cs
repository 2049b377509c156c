namespace SsoCibaMethod.Simulator.Requests;

/// <summary>All requests, the one lock around them, and what tests have announced or wait for.</summary>
internal sealed class RequestBook(CibaSimulatorOptions options, TimeProvider time, Action<BackchannelRequest> decided)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, BackchannelRequest> _requests = [];
    private readonly Queue<BackchannelRequest> _byArrival = new();
    private readonly Dictionary<string, Queue<(CibaSimulatorDecision Decision, TimeSpan After)>> _announced = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<CibaSimulatorMisdelivery> _misdeliveries = new();
    private readonly RequestWaiters _waiters = new();
    private CibaSimulatorCounters _forgotten = new(0, 0, 0, 0);

    public int Acknowledged { get; private set; }

    public CibaSimulatorCounters Counters
    {
        get
        {
            lock (_gate)
            {
                return _byArrival.Aggregate(_forgotten, (sum, request) => sum + request.Counters);
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

    /// <summary>Takes a request in, decided already if that was announced.</summary>
    /// <returns>The request, and how it stood when it came.</returns>
    public (BackchannelRequest Request, CibaSimulatorRequest Arrived) Add(AuthenticationRequest asked)
    {
        var now = time.GetUtcNow();
        var wanted = TimeSpan.FromSeconds(asked.RequestedExpiry ?? int.MaxValue);
        var lifetime = wanted < options.Lifetime ? wanted : options.Lifetime;
        BackchannelRequest request;
        CibaSimulatorRequest arrived;
        CibaSimulatorDecision? decision;
        TimeSpan after;
        lock (_gate)
        {
            Forget(now);
            var notified = asked.Client.TokenDeliveryMode is not CibaSimulatorDeliveryMode.Poll;
            request = new(asked, options.EffectiveInterval, now, now + lifetime)
            {
                Misdelivery = notified && _misdeliveries.TryDequeue(out var misdelivery) ? misdelivery : null,
            };
            arrived = request.SnapshotAt(now);
            _requests.Add(request.AuthReqId, request);
            _byArrival.Enqueue(request);
            Acknowledged++;
            (decision, after) = _announced.TryGetValue(asked.LoginHint, out var queue) && queue.TryDequeue(out var next)
                ? next
                : (options.DecideOnArrival?.Invoke(arrived)
                    ?? (request.Misdelivery is CibaSimulatorMisdelivery.BeforeAcknowledgement ? CibaSimulatorDecision.Approve : null), TimeSpan.Zero);
            if (decision is not null && after <= TimeSpan.Zero)
            {
                request.Decide(decision.Value, now);
            }

            Tell(request, now);
        }

        if (decision is not null && after <= TimeSpan.Zero)
        {
            decided(request);
        }
        else if (decision is not null)
        {
            _ = DecideLaterAsync(request.AuthReqId, decision.Value, after);
        }

        return (request, arrived);
    }

    public void MisdeliverNext(CibaSimulatorMisdelivery misdelivery)
    {
        lock (_gate)
        {
            _misdeliveries.Enqueue(misdelivery);
        }
    }

    public string? NotificationTokenOf(string authReqId)
    {
        lock (_gate)
        {
            return _requests.GetValueOrDefault(authReqId)?.Asked.NotificationToken;
        }
    }

    public void Notified(BackchannelRequest request, CibaSimulatorNotification notification)
    {
        lock (_gate)
        {
            request.AddNotification(notification);
            Tell(request, time.GetUtcNow());
        }
    }

    public void DecideNextFor(string loginHint, CibaSimulatorDecision decision, TimeSpan after)
    {
        lock (_gate)
        {
            if (!_announced.TryGetValue(loginHint, out var queue))
            {
                _announced.Add(loginHint, queue = new());
            }

            queue.Enqueue((decision, after));
        }
    }

    public bool Decide(string authReqId, CibaSimulatorDecision decision)
    {
        var now = time.GetUtcNow();
        BackchannelRequest? request;
        lock (_gate)
        {
            if (!_requests.TryGetValue(authReqId, out request) || !request.Decide(decision, now))
            {
                return false;
            }

            Tell(request, now);
        }

        decided(request);
        return true;
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

    /// <summary>The client is told something that must end its polls.</summary>
    public void TellEnd(BackchannelRequest request)
    {
        lock (_gate)
        {
            request.TellEnd();
            Tell(request, time.GetUtcNow());
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

    private async Task DecideLaterAsync(string authReqId, CibaSimulatorDecision decision, TimeSpan after)
    {
        await Task.Delay(after, time);
        Decide(authReqId, decision);
    }

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
            _forgotten += oldest.Counters;
        }
    }
}
