using System.Text.Json.Nodes;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>What a client may do wrong in the request object.</summary>
internal static class BadRequestObjects
{
    private const string Ping = "plain_fapi ping private_key_jwt";
    private const string ConnectId = "connectid_au poll private_key_jwt";

    public static IEnumerable<BadRequest> All =>
    [
        new("no request object", "no request object", client => client.Form = form => form.RemoveAt(0)),
        new("an encrypted request object", "is encrypted", client => client.Form = form => form[0] = ("request", "eyJhbGciOiJSU0EtT0FFUCJ9.AA.AA.AA.AA")),
        new("a wrong signature", "the request object: the signature is wrong", client => client.Signer = _ => new byte[256]),
        Header("typ JWT", "C-36", "typ", "JWT"),
        Header("no typ", "C-36", "typ", null),
        Header("alg none", "alg none", "alg", "none"),
        Header("alg RS256", "alg RS256", "alg", "RS256"),
        Header("an unknown kid", "none of the client's", "kid", "k2"),
        Claim("iss another", "iss is not the client", "iss", "other"),
        Claim("no iss", "iss is not the client", "iss", null),
        Claim("aud the endpoint", "aud is not the issuer", "aud", "https://op.example/run/backchannel"),
        Claim("aud an array", "aud is not the issuer", "aud", new JsonArray(HandMade.Issuer)),
        Claim("no aud", "aud is not the issuer", "aud", null),
        Claim("sub the client", "C-35", "sub", "the-client"),
        Claim("client_id another", "client_id is not the client", "client_id", "other"),
        Claim("client_id only outside", "I-2", "client_id", null),
        Time("no exp", "exp is missing", "exp", null),
        Time("exp now", "exp is missing, past", "exp", 0),
        Time("exp in 61 minutes", "further than 60 minutes", "exp", 3_660),
        Time("no nbf", "nbf is missing", "nbf", null),
        Time("nbf in the future", "nbf is missing, in the future", "nbf", 1),
        Time("nbf 61 minutes ago", "older than 60 minutes", "nbf", -3_660),
        Time("exp 56 minutes after now and nbf 5 before", "F-2", "nbf", -300, ("exp", 3_360)),
        Time("no iat", "iat is missing", "iat", null),
        Time("iat in the future", "iat is missing, in the future", "iat", 1),
        Claim("no jti", "jti is missing", "jti", null),
        Claim("jti twice", "jti is missing or was seen", "jti", "same") with { Times = 2 },
        Claim("exp a text", "exp is missing", "exp", "1798765432"),
        Claim("a request within", "request in the request object", "request", "x"),
        Claim("request_uri within", "request_uri in the request object", "request_uri", "x"),
        Claim("a nonce", "C-20", "nonce", "x"),
        Claim("no hint", "0 hints", "login_hint", null),
        Claim("two hints", "2 hints", "login_hint_token", "x"),
        Claim("login_hint a number", "C-30", "login_hint", 7),
        Claim("acr_values an array", "C-30", "acr_values", new JsonArray("a")),
        Claim("an empty binding message", "C-30", "binding_message", ""),
        Claim("neither binding message nor context", "F-3", "binding_message", null),
        Claim("scope without openid", "scope is", "scope", "accounts"),
        Claim("scope beyond the agreed", "scope is", "scope", "openid accounts payments"),
        Claim("requested_expiry 0", "requested_expiry", "requested_expiry", 0),
        Claim("requested_expiry negative", "requested_expiry", "requested_expiry", "-1"),
        Claim("requested_expiry a fraction", "requested_expiry", "requested_expiry", 1.5),
        Claim("max_age a text", "max_age", "max_age", "7"),
        Claim("id_token_hint of another", "id_token_hint is not signed", "id_token_hint", "eyJ9.e30.AAAA"),
        new("a claim that is null", "x is null", client => client.RequestObject = (_, claims) => claims["x"] = null),

        Claim("poll with a notification token", "though the client polls", "client_notification_token", "x"),
        Claim("ping without a notification token", "no client_notification_token", "client_notification_token", null) with { Variant = Ping },
        Claim("a notification token too long", "longer than 1024", "client_notification_token", new string('a', 1_025)) with { Variant = Ping },
        Claim("a notification token of one letter", "entropy", "client_notification_token", new string('a', 200)) with { Variant = Ping },
        Claim("a notification token with a space", "no bearer token", "client_notification_token", "abcdefghijkl mnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVW") with { Variant = Ping },
        Claim("a notification token of padding", "no bearer token", "client_notification_token", "====") with { Variant = Ping },
        Claim("a notification token twice", "used before", "client_notification_token", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVW") with { Variant = Ping, Times = 2 },

        Claim("ConnectID without txn", "txn is not asked for", "x", "y") with { Variant = ConnectId },
        Claim("ConnectID without the trust framework", "the trust framework is not", "x", "y") with { Variant = ConnectId },
        Claim("ConnectID with acr_values", "acr_values are asked for", "acr_values", "a") with { Variant = ConnectId },
        Claim("ConnectID with a short binding message", "3 to 300", "binding_message", "12") with { Variant = ConnectId },
        Time("ConnectID good for 11 minutes", "10 minutes", "exp", 660) with { Variant = ConnectId },
    ];

    private static BadRequest Header(string name, string finding, string member, string? value) =>
        new($"request object: {name}", finding, client => client.RequestObject = (header, _) => Set(header, member, value));

    private static BadRequest Claim(string name, string finding, string member, JsonNode? value) =>
        new($"request object: {name}", finding, client => client.RequestObject = (_, claims) => Set(claims, member, value?.DeepClone()));

    private static BadRequest Time(string name, string finding, string member, long? fromNow, params (string Member, long FromNow)[] further) =>
        new($"request object: {name}", finding, client => client.RequestObject = (_, claims) =>
        {
            Set(claims, member, fromNow is null ? null : client.Now + fromNow);
            foreach (var (other, value) in further)
            {
                Set(claims, other, client.Now + value);
            }
        });

    private static void Set(JsonObject json, string member, JsonNode? value)
    {
        _ = json.Remove(member);
        if (value is not null)
        {
            json[member] = value;
        }
    }
}
