using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Simulator.Proofs;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Tokens;

/// <summary>Gives tokens (RFC 6749 §3.2): who asks, by which key, and by what right.</summary>
internal static class TokenEndpoint
{
    public const string Path = "/token";

    public static async Task HandleAsync(HttpContext context)
    {
        var simulator = context.RequestServices.GetRequiredService<CibaSimulator>();
        var (form, error) = await ProtocolForm.ReadAsync(context.Request);
        CibaSimulatorClient? client = null;
        KeyBinding? binding = null;
        if (error is null)
        {
            var issuer = MountPoint.IssuerOf(context.Request, Path, simulator.Options);
            (client, error) = await simulator.Authenticator.AuthenticateAsync(context, form, issuer);
        }

        if (error is null)
        {
            (binding, error) = await KeyBindings.AtTokenEndpointAsync(context, client!, simulator);
        }

        if (error is null)
        {
            error = form["grant_type"] switch
            {
                CibaGrant.Type => await CibaGrant.HandleAsync(context, form, client!, binding, simulator),
                RefreshGrant.Type => await RefreshGrant.HandleAsync(context, form, client!, binding, simulator),
                null => ProtocolError.InvalidRequest("The grant_type is missing."),
                _ => new("unsupported_grant_type", "Only the CIBA grant and refresh tokens are supported."),
            };
        }

        if (error is not null)
        {
            simulator.Log.PollRefused(client?.ClientId, error.Code, error.Description);
            await Answer.ErrorAsync(context, error);
        }
    }
}
