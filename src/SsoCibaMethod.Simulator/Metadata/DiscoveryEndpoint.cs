using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Simulator.Clients;
using SsoCibaMethod.Simulator.Keys;
using SsoCibaMethod.Simulator.Requests;
using SsoCibaMethod.Simulator.Resources;
using SsoCibaMethod.Simulator.Tokens;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Metadata;

/// <summary>What the OP says of itself (OpenID Connect Discovery §3 and §4, CIBA Core §4). There is no authorization endpoint, so there are no response types.</summary>
internal static class DiscoveryEndpoint
{
    public const string Path = "/.well-known/openid-configuration";

    private static readonly (string Name, string Path)[] Aliased =
    [
        ("token_endpoint", TokenEndpoint.Path),
        ("userinfo_endpoint", UserInfoEndpoint.Path),
        ("backchannel_authentication_endpoint", BackchannelAuthenticationEndpoint.Path),
    ];

    public static Task HandleAsync(HttpContext context)
    {
        var simulator = context.RequestServices.GetRequiredService<CibaSimulator>();
        var request = context.Request;
        var mount = MountPoint.PathOf(request, Path);
        var metadata = new JsonObject
        {
            ["issuer"] = MountPoint.IssuerOf(request, Path, simulator.Options),
            ["jwks_uri"] = At(JwksEndpoint.Path),
            ["token_endpoint"] = At(TokenEndpoint.Path),
            ["userinfo_endpoint"] = At(UserInfoEndpoint.Path),
            ["backchannel_authentication_endpoint"] = At(BackchannelAuthenticationEndpoint.Path),
            ["backchannel_token_delivery_modes_supported"] = List(["poll", "ping", "push"]),
            ["backchannel_user_code_parameter_supported"] = simulator.Options.UserCodeSupported,
            ["grant_types_supported"] = List([CibaGrant.Type, RefreshGrant.Type]),
            ["response_types_supported"] = List([]),
            ["subject_types_supported"] = List(["public"]),
            ["scopes_supported"] = List(AuthenticationRequestRules.Scopes),
            ["claims_supported"] = List(["iss", "sub", "aud", "exp", "iat", "auth_time", "acr", "amr", "at_hash", "name", "email", "email_verified"]),
            ["acr_values_supported"] = List(simulator.Options.AcrValuesSupported),
            ["authorization_details_types_supported"] = List(simulator.Options.AuthorizationDetailsTypes),
            ["id_token_signing_alg_values_supported"] = List(SigningKeys.Algorithms),
            ["id_token_encryption_alg_values_supported"] = List(Jwe.Algorithms),
            ["id_token_encryption_enc_values_supported"] = List(Jwe.Encryptions),
            ["dpop_signing_alg_values_supported"] = List(ClientAuthenticationMethods.AsymmetricAlgorithms),
            ["token_endpoint_auth_methods_supported"] = List(request.IsHttps ? ClientAuthenticationMethods.All : ClientAuthenticationMethods.OfAnyConnection),
            ["token_endpoint_auth_signing_alg_values_supported"] =
                List([.. ClientAuthenticationMethods.AsymmetricAlgorithms, .. ClientAuthenticationMethods.SymmetricAlgorithms]),
            ["request_parameter_supported"] = simulator.Options.RequestSigningAlgorithms.Count > 0,
            ["request_uri_parameter_supported"] = false,
        };
        if (simulator.Options.RequestSigningAlgorithms is { Count: > 0 } signing)
        {
            metadata["backchannel_authentication_request_signing_alg_values_supported"] = List(signing);
        }

        if (request.IsHttps)
        {
            metadata["tls_client_certificate_bound_access_tokens"] = true;
            if (simulator.Options.MtlsAlias is { } alias)
            {
                metadata["mtls_endpoint_aliases"] = new JsonObject(Aliased.Select(endpoint => KeyValuePair.Create<string, JsonNode?>(
                    endpoint.Name, UriHelper.BuildAbsolute(alias.MtlsAddress.Scheme, new HostString(alias.MtlsAddress.Authority), mount, endpoint.Path))));
            }
        }

        return Answer.JsonAsync(context, metadata);

        string At(string endpoint) => UriHelper.BuildAbsolute(request.Scheme, request.Host, mount, endpoint);
    }

    private static JsonArray List(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)value)]);
}
