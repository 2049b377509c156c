namespace SsoCibaMethod.Client;

/// <summary>Why an ID token was not accepted: each rule of OpenID Connect Core §3.1.3.7, CIBA Core §10.3.1 and RFC 8725 has its own.</summary>
public enum IdTokenFault
{
    /// <summary>Not a compact JWS of three parts with JSON objects in it, or a compact JWE with one inside; or larger than 256 KB.</summary>
    Malformed,

    /// <summary>Encrypted, though no encryption was agreed.</summary>
    Encrypted,

    /// <summary>Not encrypted, though encryption was agreed.</summary>
    NotEncrypted,

    /// <summary>Encrypted otherwise than agreed, or compressed (RFC 8725 §3.6).</summary>
    EncryptionNotAllowed,

    /// <summary>None of the client's keys decrypts it, or it was changed on the way.</summary>
    Undecryptable,

    /// <summary>The <c>typ</c> header names another kind of token (RFC 8725 §3.11).</summary>
    WrongType,

    /// <summary>A critical header that is not understood (RFC 7515 §4.1.11).</summary>
    CriticalHeader,

    /// <summary>Signed with an algorithm that is not configured, or not signed at all.</summary>
    AlgorithmNotAllowed,

    /// <summary>None of the OP's keys fits the header.</summary>
    UnknownKey,

    /// <summary>The signature is wrong.</summary>
    WrongSignature,

    /// <summary><c>iss</c> is missing.</summary>
    IssuerMissing,

    /// <summary><c>iss</c> is another issuer.</summary>
    WrongIssuer,

    /// <summary><c>aud</c> is missing or neither a text nor a list of texts.</summary>
    AudienceMissing,

    /// <summary><c>aud</c> does not name this client.</summary>
    WrongAudience,

    /// <summary><c>aud</c> names somebody else beside this client.</summary>
    UntrustedAudience,

    /// <summary><c>azp</c> is not this client.</summary>
    WrongAuthorizedParty,

    /// <summary><c>sub</c> is missing or empty.</summary>
    SubjectMissing,

    /// <summary><c>sub</c> is longer than 255 characters or not ASCII.</summary>
    SubjectUnfit,

    /// <summary><c>sub</c> is not the user who was asked.</summary>
    WrongSubject,

    /// <summary><c>exp</c> is missing or no number.</summary>
    ExpiryMissing,

    /// <summary><c>exp</c> is past.</summary>
    Expired,

    /// <summary><c>nbf</c> is in the future, or no number.</summary>
    NotYetValid,

    /// <summary><c>iat</c> is missing or no number.</summary>
    IssuedAtMissing,

    /// <summary><c>iat</c> is in the future.</summary>
    IssuedInFuture,

    /// <summary><c>iat</c> lies before the authentication request, so the token cannot answer it.</summary>
    IssuedBeforeRequest,

    /// <summary>An <c>acr</c> was asked for and none came back.</summary>
    AcrMissing,

    /// <summary>The <c>acr</c> is none of those asked for, or accepted in their place.</summary>
    WrongAcr,

    /// <summary>A <c>max_age</c> was asked for, and <c>auth_time</c> is missing or no number.</summary>
    AuthTimeMissing,

    /// <summary><c>auth_time</c> is longer ago than the <c>max_age</c> asked for.</summary>
    AuthenticatedTooLongAgo,

    /// <summary>The tokens were pushed, and <c>at_hash</c> is missing.</summary>
    AccessTokenHashMissing,

    /// <summary><c>at_hash</c> does not belong to the access token.</summary>
    WrongAccessTokenHash,

    /// <summary>A refresh token was pushed, and the claim <c>urn:openid:params:jwt:claim:rt_hash</c> is missing.</summary>
    RefreshTokenHashMissing,

    /// <summary>The claim <c>urn:openid:params:jwt:claim:rt_hash</c> does not belong to the refresh token.</summary>
    WrongRefreshTokenHash,

    /// <summary>The tokens were pushed, and the claim <c>urn:openid:params:jwt:claim:auth_req_id</c> is missing.</summary>
    AuthReqIdMissing,

    /// <summary>The claim <c>urn:openid:params:jwt:claim:auth_req_id</c> names another request.</summary>
    WrongAuthReqId,
}
