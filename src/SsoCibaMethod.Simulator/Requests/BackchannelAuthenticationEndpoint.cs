using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Simulator.Proofs;
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
            (client, error) = await simulator.Authenticator.AuthenticateAsync(context, form, issuer);
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

        if (error is null && client!.TokenDeliveryMode is CibaSimulatorDeliveryMode.Push)
        {
            (var binding, error) = await KeyBindings.ToCertificateAsync(context, client);
            asked = asked! with { Binding = binding };
        }

        if (error is not null)
        {
            simulator.Log.RequestRefused(client?.ClientId, error.Code, error.Description);
            await Answer.ErrorAsync(context, error);
            return;
        }

        if (simulator.RequestScript.Next() is { } dictated)
        {
            await simulator.RequestScript.SendAsync(context, dictated);
            return;
        }

        var (request, arrived) = simulator.Book.Add(asked!);

        // Only when the client can know the id it is told anything about it.
        context.Response.OnCompleted(() =>
        {
            request.Acknowledge();
            return Task.CompletedTask;
        });
        await DelayAsync(request, simulator, context.RequestAborted);
        simulator.Log.RequestAcknowledged(client!.ClientId);
        var body = new JsonObject
        {
            ["auth_req_id"] = request.AuthReqId,
            ["expires_in"] = (long)(arrived.ExpiresAt - arrived.ReceivedAt).TotalSeconds,
        };
        if (simulator.Options.Interval is { } interval && client.TokenDeliveryMode is not CibaSimulatorDeliveryMode.Push)
        {
            // Rounded up: who keeps to what was said is never early.
            body["interval"] = (long)Math.Ceiling(interval.TotalSeconds);
        }

        await Answer.JsonAsync(context, body);
    }

    private static async Task DelayAsync(BackchannelRequest request, CibaSimulator simulator, CancellationToken cancellationToken)
    {
        var delay = simulator.Options.AcknowledgementDelay is { Ticks: > 0 } set ? set : Timeout.InfiniteTimeSpan;
        if (request.Misdelivery is CibaSimulatorMisdelivery.BeforeAcknowledgement)
        {
            await Task.WhenAny(request.Notified, Task.Delay(delay, simulator.Time, cancellationToken));
        }
        else if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, simulator.Time, cancellationToken);
        }
    }
}
