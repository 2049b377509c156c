using Microsoft.AspNetCore.Http;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Tokens;

/// <summary>Gives new tokens for a refresh token, and a new one for the old (RFC 6749 §6, OpenID Connect Core §12).</summary>
internal static class RefreshGrant
{
    public const string Type = "refresh_token";

    /// <summary>Sends the answer; what is wrong with the request is returned instead.</summary>
    public static async Task<ProtocolError?> HandleAsync(
        HttpContext context, ProtocolForm form, CibaSimulatorClient client, KeyBinding? binding, CibaSimulator simulator)
    {
        if (!form.Has(Type))
        {
            return ProtocolError.InvalidRequest("The refresh_token is missing.");
        }

        if (simulator.RefreshTokens.Redeem(form[Type]!, client) is not { } grant)
        {
            return ProtocolError.InvalidGrant("The refresh_token is not one of this client, was used before, or has expired.");
        }

        var answer = TokenWriter.Write(grant, binding, simulator);
        if (!simulator.Options.IdTokenOnRefresh)
        {
            answer.Remove("id_token");
        }

        await Answer.JsonAsync(context, answer);
        return null;
    }
}
