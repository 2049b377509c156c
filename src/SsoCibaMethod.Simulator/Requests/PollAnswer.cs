namespace SsoCibaMethod.Simulator.Requests;

/// <summary>The answers to a poll (CIBA Core §10.1.1 and §11).</summary>
internal enum PollAnswer
{
    AuthorizationPending,
    SlowDown,
    Tokens,
    AccessDenied,
    TransactionFailed,
    ExpiredToken,
    InvalidGrant,
}
