using SsoCibaMethod.Client;

namespace SsoCibaMethod.PendingLogins;

/// <summary>A notification of the OP as a record keeps it until somebody acts on it: a ping, which has neither tokens nor an error, or a push. Confidential.</summary>
/// <param name="AuthReqId">The request it is about.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="Tokens">What was pushed, not validated yet.</param>
/// <param name="Error">The error that was pushed.</param>
internal sealed record ReceivedNotification(string AuthReqId, DateTimeOffset ReceivedAt, TokenSet? Tokens = null, CibaError? Error = null)
{
    /// <summary>Names the kind only.</summary>
    /// <returns>The kind.</returns>
    public override string ToString() => nameof(ReceivedNotification);
}
