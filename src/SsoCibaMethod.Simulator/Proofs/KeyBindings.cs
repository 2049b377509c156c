using Microsoft.AspNetCore.Http;
using SsoCibaMethod.Simulator.Tokens;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Proofs;

/// <summary>To which key shall the tokens of a request be bound? To that of a DPoP proof (RFC 9449 §5), or the client's certificate (RFC 8705 §3).</summary>
internal static class KeyBindings
{
    public static async Task<(KeyBinding? Binding, ProtocolError? Error)> AtTokenEndpointAsync(
        HttpContext context, CibaSimulatorClient client, CibaSimulator simulator)
    {
        simulator.DPoP.OfferNonce(context.Response);
        if (!context.Request.Headers.ContainsKey(DPoPProofs.Header))
        {
            return client.DPoPBoundAccessTokens
                ? (null, new(DPoPProofs.Invalid, "The tokens of this client are bound by DPoP, and there is no proof."))
                : await ToCertificateAsync(context, client);
        }

        var (thumbprint, error, reason) = await simulator.DPoP.CheckAsync(context.Request, accessToken: null);
        return thumbprint is null ? (null, new(error, reason)) : (new(KeyBinding.DPoP, thumbprint), null);
    }

    public static async Task<(KeyBinding? Binding, ProtocolError? Error)> ToCertificateAsync(HttpContext context, CibaSimulatorClient client) =>
        !client.CertificateBoundAccessTokens ? (null, null)
        : await ClientCertificate.ThumbprintOfAsync(context) is { } thumbprint ? (new(KeyBinding.Certificate, thumbprint), null)
        : (null, ProtocolError.InvalidRequest("The tokens of this client are bound to its certificate, and it showed none."));
}
