using System.Text.Json.Nodes;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>
/// The discovery document of the suite's OP (K-3): no authorization endpoint, no response types and no subject types,
/// and an issuer that ends with a slash.
/// </summary>
internal static class OpMetadata
{
    public static JsonObject Of(OpFacts op)
    {
        var document = new JsonObject
        {
            ["issuer"] = op.Issuer,
            ["token_endpoint"] = op.Issuer + "token",
            ["userinfo_endpoint"] = op.Issuer + "userinfo",
            ["backchannel_authentication_endpoint"] = op.Issuer + "backchannel",
            ["jwks_uri"] = op.Issuer + "jwks",
            ["grant_types_supported"] = new JsonArray("authorization_code", "urn:openid:params:grant-type:ciba"),
            ["backchannel_token_delivery_modes_supported"] = op.Variant.Profile == Variant.ConnectId ? new JsonArray("poll") : new JsonArray("poll", "ping"),
            ["backchannel_authentication_request_signing_alg_values_supported"] = Texts(op.RequestSigningAlgorithms),
            ["request_parameter_supported"] = true,
            ["mtls_endpoint_aliases"] = new JsonObject
            {
                ["token_endpoint"] = $"{op.MtlsBase}token",
                ["userinfo_endpoint"] = $"{op.MtlsBase}userinfo",
                ["backchannel_authentication_endpoint"] = $"{op.MtlsBase}backchannel",
            },
            ["token_endpoint_auth_methods_supported"] = new JsonArray(op.Variant.IsMtls ? "tls_client_auth" : "private_key_jwt"),
            ["token_endpoint_auth_signing_alg_values_supported"] = Texts(op.ClientSigningAlgorithms),
            ["id_token_signing_alg_values_supported"] = new JsonArray("PS256"),
            ["tls_client_certificate_bound_access_tokens"] = true,
        };
        if (op.Variant.Profile != Variant.Plain)
        {
            document["claims_parameter_supported"] = true;
        }

        return document;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];
}
