using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SsoCibaMethod.Simulator.Keys;
using SsoCibaMethod.Simulator.Proofs;
using SsoCibaMethod.Simulator.Tokens;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Resources;

/// <summary>What every protected resource of the OP asks of a caller: a token of ours in the header (RFC 6750 §2.1), in good time, and the key it is bound to.</summary>
internal static class AccessTokenCheck
{
    public static async Task<(StrictJwt? Token, ResourceError? Error)> CheckAsync(HttpContext context, string issuer, CibaSimulator simulator)
    {
        simulator.DPoP.OfferNonce(context.Response);
        if (!AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header) || header.Parameter is null)
        {
            return (null, ResourceError.Missing);
        }

        var byDPoP = header.Scheme.Equals("DPoP", StringComparison.OrdinalIgnoreCase);
        if (!byDPoP && !header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return (null, ResourceError.Missing);
        }

        if (StrictJwt.Parse(header.Parameter) is not { IsCritical: false, Type: AccessTokenWriter.Type } token
            || token.Text("iss") != issuer
            || !await token.IsSignedByAsync(simulator.Keys.All, SigningKeys.Algorithms))
        {
            return (null, ResourceError.InvalidToken("The access token is not one of this OP.", byDPoP));
        }

        return token.Seconds("exp") > simulator.Now.ToUnixTimeSeconds()
            ? (token, await BindingErrorAsync(context, token, header.Parameter, byDPoP, simulator))
            : (null, ResourceError.InvalidToken("The access token has expired.", byDPoP));
    }

    private static async Task<ResourceError?> BindingErrorAsync(
        HttpContext context, StrictJwt token, string text, bool byDPoP, CibaSimulator simulator)
    {
        var key = Confirmation(token, KeyBinding.DPoP);
        if (byDPoP != key is not null)
        {
            return ResourceError.InvalidToken(byDPoP ? "The access token is not bound by DPoP." : "The access token is bound by DPoP.", byDPoP);
        }

        if (key is not null)
        {
            var (thumbprint, error, reason) = await simulator.DPoP.CheckAsync(context.Request, text);
            return thumbprint is null ? new(error, reason, ByDPoP: true)
                : thumbprint == key ? null
                : ResourceError.InvalidToken("The access token is bound to another key.", byDPoP);
        }

        return Confirmation(token, KeyBinding.Certificate) is { } certificate && certificate != await ClientCertificate.ThumbprintOfAsync(context)
            ? ResourceError.InvalidToken("The access token is bound to another certificate.", byDPoP)
            : null;
    }

    private static string? Confirmation(StrictJwt token, string member) =>
        token.Claims.TryGetProperty("cnf", out var confirmation)
            && confirmation.TryGetProperty(member, out var thumbprint) && thumbprint.ValueKind is JsonValueKind.String
            ? thumbprint.GetString()
            : null;
}
