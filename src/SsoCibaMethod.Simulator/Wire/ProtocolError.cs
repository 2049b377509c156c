using Microsoft.AspNetCore.Http;

namespace SsoCibaMethod.Simulator.Wire;

/// <summary>
/// An error answer of RFC 6749 §5.2 and CIBA Core §11 and §13. Descriptions are ours and plain ASCII without quotes;
/// nothing a client sent is ever repeated in them.
/// </summary>
internal sealed record ProtocolError(string Code, string Description, int Status = StatusCodes.Status400BadRequest)
{
    /// <summary>Gets a value indicating whether the client tried the Authorization header and must be answered in kind (RFC 6749 §5.2).</summary>
    public bool Challenge { get; init; }

    public static ProtocolError InvalidRequest(string description) => new("invalid_request", description);

    public static ProtocolError InvalidGrant(string description) => new("invalid_grant", description);

    public static ProtocolError InvalidClient(string description) =>
        new("invalid_client", description, StatusCodes.Status401Unauthorized);
}
