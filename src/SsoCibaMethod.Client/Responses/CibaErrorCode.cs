namespace SsoCibaMethod.Client;

/// <summary>The error codes an OP may answer with (CIBA Core §11, §12, §13; RFC 6749 §5.2; extensions where named). A code outside this list reads as <see cref="Unknown"/>.</summary>
public enum CibaErrorCode
{
    /// <summary>A code that no specification read here defines; it ends the login (C-113).</summary>
    Unknown,

    /// <summary><c>authorization_pending</c>: the user has not decided yet.</summary>
    AuthorizationPending,

    /// <summary><c>slow_down</c>: not decided yet, and the interval grows for good.</summary>
    SlowDown,

    /// <summary><c>expired_token</c>: the <c>auth_req_id</c> has expired.</summary>
    ExpiredToken,

    /// <summary><c>access_denied</c>: the user, or the OP's policy, said no.</summary>
    AccessDenied,

    /// <summary><c>invalid_grant</c>: the <c>auth_req_id</c> is not, or no longer, ours to redeem.</summary>
    InvalidGrant,

    /// <summary><c>invalid_request</c>: a parameter is missing, repeated or malformed.</summary>
    InvalidRequest,

    /// <summary><c>invalid_request_object</c>: the OP does not accept the signed request (RFC 9101 §6): its key, its times or its form.</summary>
    InvalidRequestObject,

    /// <summary><c>invalid_client</c>: client authentication failed.</summary>
    InvalidClient,

    /// <summary><c>unauthorized_client</c>: this client may not use CIBA, or not this way.</summary>
    UnauthorizedClient,

    /// <summary><c>unsupported_grant_type</c>: the token endpoint does not know the CIBA grant.</summary>
    UnsupportedGrantType,

    /// <summary><c>invalid_scope</c>: a scope is unknown or not allowed.</summary>
    InvalidScope,

    /// <summary><c>expired_login_hint_token</c>: the <c>login_hint_token</c> is too old.</summary>
    ExpiredLoginHintToken,

    /// <summary><c>expired_id_token_hint</c>: the <c>id_token_hint</c> is too old (Open Finance Brasil).</summary>
    ExpiredIdTokenHint,

    /// <summary><c>invalid_id_token_hint</c>: the <c>id_token_hint</c> is none that the OP accepts (Open Finance Brasil).</summary>
    InvalidIdTokenHint,

    /// <summary><c>unknown_user_id</c>: the hint names no user of the OP.</summary>
    UnknownUserId,

    /// <summary><c>missing_user_code</c>: the user has a code, and it must be sent along.</summary>
    MissingUserCode,

    /// <summary><c>invalid_user_code</c>: the code sent was wrong.</summary>
    InvalidUserCode,

    /// <summary><c>invalid_binding_message</c>: the OP cannot show this binding message.</summary>
    InvalidBindingMessage,

    /// <summary><c>invalid_authorization_details</c>: the OP cannot grant these <c>authorization_details</c>, or does not know their type (RFC 9396 §5).</summary>
    InvalidAuthorizationDetails,

    /// <summary><c>invalid_target</c>: the OP does not know a <c>resource</c>, or gives no tokens for it (RFC 8707 §2).</summary>
    InvalidTarget,

    /// <summary><c>use_dpop_nonce</c>: the OP asked for its nonce again, though the request carried it (RFC 9449 §8).</summary>
    UseDPoPNonce,

    /// <summary><c>invalid_dpop_proof</c>: the OP does not accept the proof (RFC 9449 §5); its clock and ours may differ.</summary>
    InvalidDPoPProof,

    /// <summary><c>transaction_failed</c>: an unexpected condition at the OP (CIBA Core §12).</summary>
    TransactionFailed,

    /// <summary><c>server_error</c>: the OP failed (RFC 6749 §4.1.2.1, seen at token endpoints too).</summary>
    ServerError,

    /// <summary><c>temporarily_unavailable</c>: the OP cannot answer now.</summary>
    TemporarilyUnavailable,

    /// <summary><c>invalid_token</c>: the access token has expired, was revoked, or is none (RFC 6750 §3.1).</summary>
    InvalidToken,

    /// <summary><c>insufficient_scope</c>: the access token is not good for this (RFC 6750 §3.1).</summary>
    InsufficientScope,
}
