using System.Text.Json.Nodes;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>The endpoints: each judges the request, then answers as the module's play says.</summary>
internal sealed class OpEndpoints
{
    private static readonly string[] Proof = ["client_id", "client_assertion", "client_assertion_type"];

    private readonly OpState _state;
    private readonly ClientAssertionCheck _assertion;
    private readonly CertificateCheck _certificate;
    private readonly RequestObjectCheck _requestObject;
    private readonly NotificationTokenCheck _notificationToken;
    private readonly Lock _gate = new();

    public OpEndpoints(OpState state)
    {
        _state = state;
        _assertion = new ClientAssertionCheck(state.Facts, () => state.ClientKeys, state.Clock, state.Findings);
        _certificate = new CertificateCheck(state.Facts, state.Findings);
        _requestObject = new RequestObjectCheck(state.Facts, () => state.ClientKeys, state.Clock, state.Findings);
        _notificationToken = new NotificationTokenCheck(state.Findings);
    }

    public Task<Answer> AuthenticateAsync(Received request)
    {
        lock (_gate)
        {
            CheckClient(request, [.. Proof, "request"]);
            if (_requestObject.Check(request) is not { } claims)
            {
                return Task.FromResult(Answer.Error("invalid_request"));
            }

            _notificationToken.Check(claims, _state.Facts.Variant.IsPing);
            if (_state.Facts.Variant.Profile == Variant.ConnectId)
            {
                ConnectIdRequestCheck.Check(claims, _state.Clock, _state.Findings);
            }

            return Task.FromResult(Acknowledge(claims));
        }
    }

    public async Task<Answer> GiveTokensAsync(Received request)
    {
        OpLogin? login;
        lock (_gate)
        {
            var isRefresh = request["grant_type"] == "refresh_token";
            CheckClient(request, [.. Proof, "grant_type", isRefresh ? "refresh_token" : "auth_req_id"]);
            if (isRefresh)
            {
                return Refresh(request);
            }

            login = _state.Logins.GetValueOrDefault(request["auth_req_id"] ?? "");
            PollCheck.Check(request, login, _state.Clock, _state.Findings);
            if (login is null || login.IsRedeemed || login.IsRefused)
            {
                return Answer.Error("invalid_grant");
            }

            login.Polls++;
            login.PollsUnderWay++;
        }

        if (_state.Play.HoldPoll is { } hold)
        {
            await hold(login.Polls);
        }

        lock (_gate)
        {
            login.PollsUnderWay--;
            var answer = PollAnswers.Of(_state, login);

            // Counted from when the answer is made (K-7).
            login.NextPollAllowedAt = _state.Clock.GetUtcNow() + login.Interval;
            return answer;
        }
    }

    public Answer GiveResource(Received request)
    {
        lock (_gate)
        {
            _certificate.Check(request);
            _state.Findings.Require(request.Form.Count == 0 && !request.Address.Query.Contains("access_token", StringComparison.Ordinal), "K-5", "an access token outside the header");
            _state.Findings.Require(
                _state.AccessToken is not null && request.Header("authorization") == $"Bearer {_state.AccessToken}", "K-5", "the resource was called without the access token in force");
            if (_state.Play.RefusesUntilRefreshed && _state.Refreshes < 2)
            {
                return new Answer(401, "") { Headers = new Dictionary<string, string> { ["WWW-Authenticate"] = "Bearer error=\"invalid_token\"" } };
            }

            _state.ResourceWasGiven = true;
            return Answer.Json(new JsonObject { ["sub"] = IdToken.Subject });
        }
    }

    private void CheckClient(Received request, IReadOnlyList<string> allowed)
    {
        FormCheck.Check(request, allowed, _state.Findings);
        _certificate.Check(request);
        if (_state.Facts.Variant.IsMtls)
        {
            _certificate.CheckProof(request);
        }
        else
        {
            _assertion.Check(request);
        }
    }

    private Answer Acknowledge(JwsPart claims)
    {
        var now = _state.Clock.GetUtcNow();
        if (_state.Play.Refusal is { } error)
        {
            _state.EndedAt = now;
            return Answer.Error(error);
        }

        var lifetime = RequestObjectCheck.RequestedExpiry(claims) ?? 300;
        var login = new OpLogin
        {
            AuthReqId = OpState.NewAuthReqId(),
            Claims = claims,
            AcknowledgedAt = now,
            ExpiresAt = now.AddSeconds(lifetime),
            Interval = TimeSpan.FromSeconds(_state.Play.Interval ?? 5),
        };
        _state.Logins[login.AuthReqId] = login;
        var acknowledgement = new JsonObject { ["auth_req_id"] = login.AuthReqId, ["expires_in"] = lifetime };
        if (_state.Play.Interval is { } interval)
        {
            acknowledgement["interval"] = interval;
        }

        if (_state.Play.Acknowledgement is { } spoil)
        {
            spoil(acknowledgement);
            _state.EndedAt = now;
        }

        return Answer.Json(acknowledgement);
    }

    private Answer Refresh(Received request)
    {
        _state.Findings.Require(request["refresh_token"] == _state.RefreshToken, "K-17", "a refresh token that is not the one in force");
        _state.Refreshes++;
        return Answer.Json(PollAnswers.NewTokens(_state));
    }
}
