namespace SsoCibaMethod.RealOp.Tests;

/// <summary>What the OP saw so far. Times are milliseconds of its own steady clock.</summary>
public sealed record RealOpSeen(
    long Now,
    IReadOnlyList<SeenRequest> Requests,
    int UnknownPolls,
    IReadOnlyList<SeenJwt> Assertions,
    IReadOnlyList<SeenJwt> RequestObjects,
    IReadOnlyList<SeenJwt> Proofs,
    IReadOnlyDictionary<string, SeenEndpoint> Endpoints,
    IReadOnlyList<SeenCall> Calls)
{
    public SeenRequest Request(string authReqId) => Requests.Single(request => request.AuthReqId == authReqId);
}

/// <summary>A request the OP acknowledged, and the polls for it.</summary>
/// <param name="AuthReqId">Its ticket.</param>
/// <param name="Client">Who asked.</param>
/// <param name="AcknowledgedAt">When it was answered.</param>
/// <param name="ExpiresIn">How long it lives, in seconds.</param>
/// <param name="Parameters">The names of what was in the form.</param>
/// <param name="Origin">Where it was sent.</param>
/// <param name="Certificate">The client's certificate, as <c>x5t#S256</c>.</param>
/// <param name="Polls">The token requests for it.</param>
public sealed record SeenRequest(
    string AuthReqId,
    string Client,
    long AcknowledgedAt,
    int ExpiresIn,
    IReadOnlyList<string> Parameters,
    string Origin,
    string? Certificate,
    IReadOnlyList<SeenPoll> Polls);

/// <summary>One token request: from when to when, and how it was answered; <c>Error</c> is null where tokens were.</summary>
public sealed record SeenPoll(long At, long? End, int Status, string? Error, bool Overlapping, string Origin, string? Certificate);

/// <summary>A JWT a client made: an assertion, a request object or a DPoP proof; <c>Duplicate</c> where it used the <c>jti</c> before.</summary>
public sealed record SeenJwt(
    string Endpoint,
    string? Client,
    string? Jti,
    bool Duplicate,
    IReadOnlyList<string> Audience,
    bool AudienceIsList,
    string? Type,
    string? Algorithm,
    string? KeyId,
    long? Lifetime,
    IReadOnlyList<string> Claims);

/// <summary>The last request of an endpoint, without secrets: <c>authorization</c> is its scheme, of the body only the names stay.</summary>
public sealed record SeenEndpoint(
    int Count,
    string Method,
    string HttpVersion,
    IReadOnlyDictionary<string, string> Headers,
    IReadOnlyList<string> Parameters,
    string Origin,
    string? Certificate);

/// <summary>A request of the OP to a client, a ping or one for its keys, and the status the client answered; 0 where nobody did.</summary>
public sealed record SeenCall(long At, string Method, string Url, string? AuthReqId, int Status);
