namespace SsoCibaMethod.Client;

/// <summary>What an ID token must fit beyond the client's settings: the request it answers and the tokens it came with.</summary>
public sealed class IdTokenExpectation
{
    /// <summary>When the authentication request was sent, by the wall clock; an older token cannot answer it.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The <c>auth_req_id</c> of the request; checked where the token names one.</summary>
    public required string AuthReqId { get; init; }

    /// <summary>The context classes that satisfy, mostly those asked for; if any, the token's <c>acr</c> must be one of them.</summary>
    public IReadOnlyList<string> AcrValues { get; init; } = [];

    /// <summary>
    /// How long ago the user may have proved who they are, where <c>max_age</c> was sent; the token must then carry <c>auth_time</c>, and that be no longer ago but for
    /// <see cref="CibaClientSettings.ClockSkew"/> (OpenID Connect Core §3.1.3.7).
    /// </summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>
    /// Whether the OP sent the tokens to the notification endpoint. Then the ID token must carry <c>at_hash</c>, the claim
    /// <c>urn:openid:params:jwt:claim:auth_req_id</c> and, beside a refresh token, <c>urn:openid:params:jwt:claim:rt_hash</c>: nothing else ties the tokens
    /// together (CIBA Core §10.3.1). Otherwise each is checked where it is present.
    /// </summary>
    public bool IsPushed { get; init; }

    /// <summary>The user who was asked, where that is known beforehand.</summary>
    public string? Subject { get; init; }

    /// <summary>Whether the token came with a refresh, long after the request and its <c>auth_req_id</c>.</summary>
    internal bool IsRefreshed { get; init; }
}
