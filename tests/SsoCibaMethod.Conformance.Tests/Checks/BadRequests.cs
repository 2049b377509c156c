using System.Text.Json.Nodes;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>What a client may do wrong around the request object: transport, form, certificate, assertion.</summary>
internal static class BadRequests
{
    private const string Mtls = "plain_fapi poll mtls";

    public static IEnumerable<BadRequest> All =>
    [
        new("a GET", "GET instead of POST", client => client.Method = "GET"),
        new("parameters in the address", "parameters in the address", client => client.Query = "?scope=openid"),
        new("JSON", "content type", client => client.Headers["content-type"] = "application/json"),
        new("no content type", "content type", client => client.Headers.Remove("content-type")),
        new("an old TLS", "K-8: ", client => client.Tls = "Tls11"),
        new("an Authorization header", "Authorization", client => client.Headers["authorization"] = "Basic YTpi"),
        new("a cookie", "a cookie", client => client.Headers["cookie"] = "a=b"),
        new("a parameter twice", "client_id more than once", client => client.Form = form => form.Add(("client_id", "the-client"))),
        new("an empty parameter", "is empty", client => client.Form = form => form.Add(("request", ""))),
        .. new[]
        {
            "scope", "client_notification_token", "acr_values", "login_hint_token", "id_token_hint", "login_hint", "binding_message", "user_code", "requested_expiry", "request_context",
        }.Select(name => new BadRequest($"{name} outside", $"{name} does not belong there", client => client.Form = form => form.Add((name, "x")))),

        new("the plain endpoint", "T-43", client => client.Base = HandMade.Issuer),
        new("no certificate", "no client certificate", client => client.HasCertificate = false),
        new("another certificate", "another client certificate", client => client.HasOtherCertificate = true),
        new("mTLS without client_id", "client_id is missing", client => client.Form = form => form.RemoveAll(pair => pair.Name == "client_id")) { Variant = Mtls },
        new("mTLS with an assertion", "beside the certificate", client => client.Form = form => form.Add(("client_assertion", "x"))) { Variant = Mtls },
        new("mTLS with a secret", "secret beside", client => client.Form = form => form.Add(("client_secret", "x"))) { Variant = Mtls },

        new("no assertion", "no client_assertion", client => client.Form = form => form.RemoveAll(pair => pair.Name == "client_assertion")),
        new("another assertion type", "client_assertion_type", client => client.Form = form => form[^2] = ("client_assertion_type", "saml2")),
        Assertion("typ JWT", "T-22", (header, _) => header["typ"] = "JWT"),
        Assertion("alg RS256", "alg RS256", (header, _) => header["alg"] = "RS256"),
        Assertion("an unknown kid", "none of the client's", (header, _) => header["kid"] = "k2"),
        Assertion("a key of its own", "its own key", (header, _) => header["jwk"] = new JsonObject()),
        Assertion("a critical header", "critical", (header, _) => header["crit"] = new JsonArray("x")),
        Assertion("iss another", "iss is not the client", (_, claims) => claims["iss"] = "other"),
        Assertion("sub another", "sub is not the client", (_, claims) => claims["sub"] = "other"),
        Assertion("aud the endpoint", "T-27", (_, claims) => claims["aud"] = "https://mtls.op.example/run/backchannel"),
        Assertion("aud an array", "T-27", (_, claims) => claims["aud"] = new JsonArray(HandMade.Issuer)),
        Assertion("aud without the slash", "T-27", (_, claims) => claims["aud"] = HandMade.Issuer.TrimEnd('/')),
        Assertion("no aud", "T-27", (_, claims) => claims.Remove("aud")),
        Assertion("no jti", "jti", (_, claims) => claims.Remove("jti")),
        Assertion("jti twice", "jti", (_, claims) => claims["jti"] = "same") with { Times = 2 },
        Assertion("no iat", "iat", (_, claims) => claims.Remove("iat")),
        Assertion("iat in the future", "iat", (_, claims) => claims["iat"] = (long)claims["iat"]! + 1),
        Assertion("no exp", "exp", (_, claims) => claims.Remove("exp")),
        Assertion("exp now", "exp", (_, claims) => claims["exp"] = claims["iat"]!.DeepClone()),
        Assertion("exp in an hour", "exp", (_, claims) => claims["exp"] = (long)claims["iat"]! + 3_600),
        Assertion("nbf in the future", "nbf", (_, claims) => claims["nbf"] = (long)claims["iat"]! + 1),
        new("client_id another", "T-26", client => client.Form = form => form[form.FindIndex(pair => pair.Name == "client_id")] = ("client_id", "other")),
        new("a wrong signature", "the assertion: the signature is wrong", client => client.Signer = _ => new byte[256]),
    ];

    private static BadRequest Assertion(string name, string finding, Action<JsonObject, JsonObject> spoil) =>
        new($"assertion: {name}", finding, client => client.Assertion = spoil);
}
