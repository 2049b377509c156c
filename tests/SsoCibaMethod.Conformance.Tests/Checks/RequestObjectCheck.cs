using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>The signed authentication request (CIBA Core §7.1.1, FAPI-CIBA §5.2.2; K-10, K-11, C-30 to C-36).</summary>
internal sealed class RequestObjectCheck(OpFacts op, Func<ClientKeySet> keys, TimeProvider clock, Findings findings)
{
    private const string Rule = "K-10";
    private const long Hour = 3_600;

    private static readonly string[] Hints = ["login_hint", "login_hint_token", "id_token_hint"];
    private static readonly string[] Texts = ["scope", "client_notification_token", "acr_values", "binding_message", "user_code", "client_id", .. Hints];

    // Parameters of other flows, which CIBA Core §7.1 does not know (C-20).
    private static readonly string[] Foreign =
        ["nonce", "state", "redirect_uri", "response_type", "response_mode", "prompt", "code_challenge", "code_challenge_method", "request", "request_uri", "client_secret", "client_assertion"];

    private readonly HashSet<string> _seen = [];

    /// <summary>The claims, where the request object can be read at all.</summary>
    public JwsPart? Check(Received request)
    {
        if (Jws.TryParse(request["request"]) is not { } jwt)
        {
            findings.Require(false, Rule, request["request"]?.Count(c => c == '.') == 4 ? "the request object is encrypted" : "no request object that is a compact JWS");
            return null;
        }

        findings.Require(jwt.Header.Text("typ") == "oauth-authz-req+jwt", "C-36", $"the request object's typ is {jwt.Header.Text("typ")}");
        keys().CheckSignature(jwt, op.RequestSigningAlgorithms, "the request object", Rule, findings);
        CheckParties(jwt.Claims, request);
        CheckTimes(jwt.Claims);
        CheckParameters(jwt.Claims);
        return jwt.Claims;
    }

    private void CheckParties(JwsPart claims, Received request)
    {
        findings.Require(claims.Text("iss") == op.ClientId, Rule, "the request object's iss is not the client");
        findings.Require(claims.Text("aud") == op.Issuer, Rule, $"the request object's aud is not the issuer: {claims.Json["aud"]?.ToJsonString()}");
        findings.Require(!claims.Has("sub"), "C-35", "the request object has a sub");
        findings.Require(!claims.Has("client_id") || claims.Text("client_id") == op.ClientId, Rule, "the request object's client_id is not the client");
        findings.Require(request["client_id"] is null || claims.Text("client_id") == request["client_id"], "I-2", "client_id is not the same inside and outside the request object");
    }

    private void CheckTimes(JwsPart claims)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var (expiry, begin) = (claims.Number("exp"), claims.Number("nbf"));
        findings.Require(expiry > now && expiry <= now + Hour, Rule, "the request object's exp is missing, past or further than 60 minutes");
        findings.Require(begin <= now && begin >= now - Hour, Rule, "the request object's nbf is missing, in the future or older than 60 minutes");
        findings.Require(expiry - begin <= Hour, "F-2", "the request object is good for more than 60 minutes");
        findings.Require(claims.Number("iat") is { } issued && issued <= now && issued >= now - Hour, Rule, "the request object's iat is missing, in the future or old");
        findings.Require(claims.Text("jti") is { Length: > 0 } id && _seen.Add(id), Rule, "the request object's jti is missing or was seen before");
    }

    private void CheckParameters(JwsPart claims)
    {
        findings.Require(Hints.Count(claims.Has) == 1, "K-11", $"{Hints.Count(claims.Has)} hints instead of one");
        foreach (var name in Texts.Where(claims.Has))
        {
            findings.Require(claims.Text(name) is { Length: > 0 }, "C-30", $"{name} is not a text, or an empty one");
        }

        foreach (var name in Foreign.Where(claims.Has))
        {
            findings.Require(false, "C-20", $"{name} in the request object");
        }

        foreach (var (name, _) in claims.Json.Where(member => member.Value is null))
        {
            findings.Require(false, Rule, $"{name} is null");
        }

        var scope = claims.Text("scope")?.Split(' ') ?? [];
        findings.Require(scope.Contains("openid") && scope.Order().SequenceEqual(op.Scope.Order()), "K-11", $"scope is {claims.Text("scope")}");
        findings.Require(claims.Has("binding_message") || claims.Has("request_context"), "F-3", "neither a binding message nor a context");
        findings.Require(!claims.Has("max_age") || claims.Number("max_age") >= 0, Rule, "max_age is no number");
        findings.Require(!claims.Has("requested_expiry") || RequestedExpiry(claims) > 0, "K-11", "requested_expiry is no positive integer");
        findings.Require(!claims.Has("id_token_hint") || op.IsSignedByTheOp(claims.Text("id_token_hint")), "K-11", "id_token_hint is not signed by the OP");
    }

    public static long? RequestedExpiry(JwsPart claims) => claims.Json["requested_expiry"] switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => long.TryParse(value.GetValue<string>(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null,
        _ => claims.Number("requested_expiry"),
    };
}
