using System.Text.Json.Nodes;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>What a host in ConnectID Australia asks of an ID token beyond the protocol (K-36): the mark of the transaction, and whose rules the claims were verified by.</summary>
internal sealed class ConnectIdCheck : IIdTokenCheck
{
    public ValueTask<IdTokenCheckResult> CheckAsync(IdTokenCheckContext context, CancellationToken cancellationToken) =>
        new(Fault(context.Claims) is { } fault ? new IdTokenCheckResult.Refused(fault) : new IdTokenCheckResult.Accepted());

    private static string? Fault(JsonObject claims)
    {
        if (claims["txn"] is null)
        {
            return "txn is missing";
        }

        return (claims["verified_claims"]?["verification"]?["trust_framework"] as JsonValue)?.TryGetValue<string>(out var framework) == true
            && framework == ConnectIdRequestCheck.TrustFramework
            ? null
            : "verified_claims are not of the trust framework asked for";
    }
}
