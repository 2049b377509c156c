namespace SsoCibaMethod.Conformance.Tests;

/// <summary>The client's proof by <c>private_key_jwt</c> (OpenID Connect Core §9, RFC 7523, RFC 10070; K-9, T-20 to T-27).</summary>
internal sealed class ClientAssertionCheck(OpFacts op, Func<ClientKeySet> keys, TimeProvider clock, Findings findings)
{
    private const string Rule = "K-9";
    private const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private readonly HashSet<string> _seen = [];

    public void Check(Received request)
    {
        var at = request.Address.AbsolutePath;
        findings.Require(request["client_assertion_type"] == Type, Rule, $"{at}: client_assertion_type is {request["client_assertion_type"]}");
        if (Jws.TryParse(request["client_assertion"]) is not { } assertion)
        {
            findings.Require(false, Rule, $"{at}: no client_assertion that is a compact JWS");
            return;
        }

        findings.Require(assertion.Header.Text("typ") == "client-authentication+jwt", "T-22", $"{at}: the assertion's typ is {assertion.Header.Text("typ")}");
        keys().CheckSignature(assertion, op.ClientSigningAlgorithms, $"{at}: the assertion", Rule, findings);
        CheckParties(assertion.Claims, request, at);
        CheckTimes(assertion.Claims, at);
    }

    private void CheckParties(JwsPart claims, Received request, string at)
    {
        findings.Require(claims.Text("iss") == op.ClientId, Rule, $"{at}: the assertion's iss is not the client");
        findings.Require(claims.Text("sub") == op.ClientId, Rule, $"{at}: the assertion's sub is not the client");

        // The suite takes more (an array that holds the endpoint); a client that names anything but the issuer is open to CVE-2025-27370.
        findings.Require(claims.Text("aud") == op.Issuer, "T-27", $"{at}: the assertion's aud is not the issuer as one text: {claims.Json["aud"]?.ToJsonString()}");
        findings.Require(request["client_id"] is null || request["client_id"] == op.ClientId, "T-26", $"{at}: client_id differs from the assertion's");
    }

    private void CheckTimes(JwsPart claims, string at)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        findings.Require(claims.Text("jti") is { Length: > 0 } id && _seen.Add(id), "T-25", $"{at}: the assertion's jti is missing or was seen before");
        findings.Require(claims.Number("iat") is { } issued && issued <= now && issued >= now - 60, Rule, $"{at}: the assertion's iat is missing, in the future or old");
        findings.Require(!claims.Has("nbf") || claims.Number("nbf") <= now, Rule, $"{at}: the assertion's nbf is in the future");

        // The suite allows a day. An assertion is used once, at once; five minutes allow for two clocks.
        findings.Require(claims.Number("exp") is { } expiry && expiry > now && expiry <= now + 300, Rule, $"{at}: the assertion's exp is missing, past or further than 5 minutes");
    }
}
