using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Requests;

/// <summary>Takes an authentication request and acknowledges it (CIBA Core §7).</summary>
internal static class BackchannelAuthenticationEndpoint
{
    public const string Path = "/bc-authorize";

    public static async Task HandleAsync(HttpContext context)
    {
        var simulator = context.RequestServices.GetRequiredService<CibaSimulator>();
        var issuer = MountPoint.IssuerOf(context.Request, Path, simulator.Options);
        var (form, error) = await ProtocolForm.ReadAsync(context.Request);
        CibaSimulatorClient? client = null;
        AuthenticationRequest? asked = null;
        if (error is null)
        {
            (client, error) = await simulator.Authenticator.AuthenticateAsync(context.Request, form, issuer);
        }

        RequestParameters? parameters = null;
        if (error is null)
        {
            (parameters, error) = await simulator.RequestObjects.ReadAsync(form, client!, issuer);
        }

        if (error is null)
        {
            (asked, error) = await AuthenticationRequestRules.CheckAsync(parameters!, client!, issuer, simulator);
        }

        if (error is not null)
        {
            simulator.Log.RequestRefused(client?.ClientId, error.Code, error.Description);
            await Answer.ErrorAsync(context, error);
            return;
        }

        var request = simulator.Book.Add(asked!);
        simulator.Log.RequestAcknowledged(client!.ClientId);
        var body = new JsonObject
        {
            ["auth_req_id"] = request.AuthReqId,
            ["expires_in"] = (long)(request.ExpiresAt - request.ReceivedAt).TotalSeconds,
        };
        if (simulator.Options.Interval is { } interval)
        {
            // Rounded up: who keeps to what was said is never early.
            body["interval"] = (long)Math.Ceiling(interval.TotalSeconds);
        }

        await Answer.JsonAsync(context, body);
    }
}
