using System.Text.Json.Nodes;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>What the profile of ConnectID Australia asks of a request object beyond FAPI-CIBA.</summary>
internal static class ConnectIdRequestCheck
{
    public const string TrustFramework = "au_connectid";

    private const string Rule = "ConnectID";

    public static void Check(JwsPart claims, TimeProvider clock, Findings findings)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        findings.Require(claims.Number("exp") <= now + 600 && claims.Number("nbf") >= now - 600, Rule, "the request object is good for more than 10 minutes");
        findings.Require(claims.Text("binding_message")?.Length is >= 3 and <= 300, Rule, "the binding message has not 3 to 300 characters");
        findings.Require(!claims.Has("acr_values"), Rule, "acr_values are asked for");
        var wanted = (claims.Json["claims"] as JsonObject)?["id_token"] as JsonObject;
        findings.Require(wanted?["txn"]?["essential"]?.GetValueKind() == System.Text.Json.JsonValueKind.True, Rule, "txn is not asked for as an essential claim");
        findings.Require(
            (string?)wanted?["verified_claims"]?["verification"]?["trust_framework"]?["value"] == TrustFramework, Rule, "the trust framework is not asked for");
    }
}
