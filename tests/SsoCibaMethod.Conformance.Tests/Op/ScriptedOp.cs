namespace SsoCibaMethod.Conformance.Tests;

/// <summary>
/// The other side of the wire, written from the specification and from the rules of the suite's OP: it plays what a module asks for,
/// and judges every request it gets.
/// </summary>
internal sealed class ScriptedOp
{
    private readonly Lock _gate = new();
    private readonly OpEndpoints _endpoints;
    private readonly OpFacts _facts;
    private readonly TimeProvider _clock;

    public ScriptedOp(OpFacts facts, Play play, TimeProvider clock)
    {
        _facts = facts;
        _clock = clock;
        State = new OpState(facts, play, clock);
        _endpoints = new OpEndpoints(State);
    }

    public OpState State { get; }

    public Findings Findings => State.Findings;

    /// <summary>Every call to an endpoint that does something: discovery and keys may be read at any time.</summary>
    public List<OpCall> Calls { get; } = [];

    /// <summary>How long nothing may be called after the OP's last word on the login (K-6).</summary>
    public TimeSpan Silence { get; set; }

    public async Task<Answer> AnswerAsync(Received request)
    {
        var path = request.Address.AbsolutePath[(new Uri(_facts.Issuer).AbsolutePath.Length - 1)..];
        switch (path)
        {
            case "/.well-known/openid-configuration":
                return Answer.Json(OpMetadata.Of(_facts));
            case "/jwks":
                return Answer.Json(OpKeys.Published);
        }

        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            Calls.Add(new OpCall(path, now));
            Findings.Require(!(now < State.EndedAt + Silence), "K-6", $"{path} was called after an answer that must end it");
        }

        return path switch
        {
            "/backchannel" => await _endpoints.AuthenticateAsync(request),
            "/token" => await _endpoints.GiveTokensAsync(request),
            "/accounts" or "/userinfo" => _endpoints.GiveResource(request),
            _ => NotFound(path),
        };
    }

    private Answer NotFound(string path)
    {
        Findings.Require(false, "K-5", $"{path} is no endpoint");
        return new Answer(404, "");
    }
}

/// <summary>One call to an endpoint.</summary>
/// <param name="Path">Which.</param>
/// <param name="At">When, by the OP's clock.</param>
internal sealed record OpCall(string Path, DateTimeOffset At);
