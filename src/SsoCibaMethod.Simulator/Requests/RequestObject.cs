using System.Text.Json;
using SsoCibaMethod.Simulator.Clients;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Requests;

/// <summary>A signed authentication request (CIBA Core §7.1.1): its rules strictly, each refusal with its reason.</summary>
internal sealed class RequestObject(CibaSimulatorOptions options, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(60);

    // What a signed request holds may stand nowhere else (§7.1.1).
    private static readonly string[] Inside =
    [
        "scope", "client_notification_token", "acr_values", "login_hint_token", "id_token_hint", "login_hint", "binding_message",
        "user_code", "requested_expiry", "request_context", "authorization_details", "resource",
    ];

    private static readonly string[] Texts =
    [
        "scope", "client_notification_token", "acr_values", "login_hint_token", "id_token_hint", "login_hint", "binding_message", "user_code",
    ];

    private readonly ReplayGuard _seen = new();

    /// <summary>The parameters of a request, signed or not, as the client is registered.</summary>
    public async Task<(RequestParameters Parameters, ProtocolError? Error)> ReadAsync(ProtocolForm form, CibaSimulatorClient client, string issuer)
    {
        var unsigned = RequestParameters.Of(form);
        if (!form.Has("request"))
        {
            return (unsigned, client.RequiresSignedRequests ? ProtocolError.InvalidRequest("This client must sign its requests.") : null);
        }

        if (Array.Exists(Inside, form.Has))
        {
            return (unsigned, ProtocolError.InvalidRequest("A parameter of the authentication request stands outside the request object."));
        }

        var jwt = StrictJwt.Parse(form["request"]);
        var now = time.GetUtcNow();
        var fault = jwt is null ? "The request object is not a signed JWT." : HeaderFault(jwt, client) ?? ClaimsFault(jwt, client, issuer, now.ToUnixTimeSeconds());
        if (fault is null && !await jwt!.IsSignedByAsync(client.Keys, AlgorithmsOf(client)))
        {
            fault = "The signature of the request object is not valid.";
        }

        // Last, so that what somebody else made up cannot use up the jti of a good one.
        if (fault is null && !_seen.IsFirstUse(client.ClientId, jwt!.Text("jti")!, DateTimeOffset.FromUnixTimeSeconds(jwt.Seconds("exp")!.Value), now))
        {
            fault = "The jti of the request object has been used before.";
        }

        return fault is null ? (RequestParameters.OfClaims(jwt!.Claims), null) : (unsigned, ProtocolError.InvalidRequest(fault));
    }

    private IReadOnlyList<string> AlgorithmsOf(CibaSimulatorClient client) => client.RequestSigningAlg is { } registered
        ? [.. options.RequestSigningAlgorithms.Where(offered => offered == registered)]
        : options.RequestSigningAlgorithms;

    private string? HeaderFault(StrictJwt jwt, CibaSimulatorClient client) =>
        jwt.IsCritical ? "The request object has critical headers."

        // The explicit type of RFC 9101 §10.8 or none; another one says that the JWT was made for something else.
        : jwt.Type is not (null or "oauth-authz-req+jwt") ? "The typ of the request object is not oauth-authz-req+jwt."
        : !options.RequestSigningAlgorithms.Contains(jwt.Algorithm) ? "The alg of the request object is not one of those offered."
        : !AlgorithmsOf(client).Contains(jwt.Algorithm) ? "The alg of the request object is not the one this client registered."
        : jwt.KeyId is null && client.Keys.Count > 1 ? "The request object does not say by kid which of the registered keys signed it."
        : null;

    private static string? ClaimsFault(StrictJwt jwt, CibaSimulatorClient client, string issuer, long now)
    {
        var longest = (long)Longest.TotalSeconds;
        return jwt.Text("iss") != client.ClientId ? "The iss of the request object is not the client_id."
            : !Audiences(jwt).Contains(issuer) ? "The aud of the request object does not hold the issuer."
            : jwt.Seconds("exp") is not { } exp ? "The request object has no exp."
            : exp <= now ? "The request object has expired."
            : exp > now + longest ? "The exp of the request object is more than 60 minutes ahead."
            : jwt.Seconds("nbf") is not { } nbf ? "The request object has no nbf."
            : nbf > now ? "The nbf of the request object lies in the future."
            : nbf < now - longest ? "The nbf of the request object is more than 60 minutes ago."
            : jwt.Seconds("iat") is not { } iat ? "The request object has no iat."
            : iat > now ? "The iat of the request object lies in the future."
            : string.IsNullOrEmpty(jwt.Text("jti")) ? "The request object has no jti."

            // Such a JWT could pass as a client assertion.
            : jwt.Text("sub") == client.ClientId ? "The sub of the request object is the client_id."
            : jwt.Has("request") || jwt.Has("request_uri") ? "The request object holds another request."
            : jwt.Has("client_id") && jwt.Text("client_id") != client.ClientId ? "The client_id of the request object is not that of the client."
            : jwt.Has("max_age") && jwt.Claims.GetProperty("max_age").ValueKind is not JsonValueKind.Number ? "The max_age of the request object is not a number."
            : Array.Find(Texts, name => jwt.Has(name) && jwt.Text(name) is null) is { } odd ? $"The {odd} of the request object is not a string."
            : null;
    }

    private static IEnumerable<string?> Audiences(StrictJwt jwt) =>
        !jwt.Claims.TryGetProperty("aud", out var audience) ? []
        : audience.ValueKind is JsonValueKind.Array
            ? audience.EnumerateArray().Select(one => one.ValueKind is JsonValueKind.String ? one.GetString() : null)
        : [jwt.Text("aud")];
}
