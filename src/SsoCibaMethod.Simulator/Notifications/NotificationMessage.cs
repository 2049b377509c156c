using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Simulator.Requests;
using SsoCibaMethod.Simulator.Tokens;

namespace SsoCibaMethod.Simulator.Notifications;

/// <summary>What the client is sent: the bare <c>auth_req_id</c> (CIBA Core §10.2), the tokens (§10.3.1) or an error (§12).</summary>
internal static class NotificationMessage
{
    public static JsonObject BodyOf(BackchannelRequest request, CibaSimulator simulator)
    {
        var body = request.Asked.Client.TokenDeliveryMode is CibaSimulatorDeliveryMode.Ping ? []
            : request.Decision is CibaSimulatorDecision.Approve
                ? TokenWriter.Write(new Grant(request.Asked, request.DecidedAt!.Value), request.Asked.Binding, simulator, request.AuthReqId)
            : ErrorOf(request.Decision);
        body["auth_req_id"] = request.AuthReqId;
        return body;
    }

    public static HttpRequestMessage Create(BackchannelRequest request, JsonObject body, CibaSimulatorMisdelivery? misdelivery)
    {
        if (misdelivery is CibaSimulatorMisdelivery.WrongAuthReqId)
        {
            body["auth_req_id"] = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        }

        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString()));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(HttpMethod.Post, request.Asked.Client.NotificationEndpoint)
        {
            Content = content,
            Headers =
            {
                Authorization = new AuthenticationHeaderValue(
                    "Bearer", request.Asked.NotificationToken + (misdelivery is CibaSimulatorMisdelivery.WrongBearer ? "1" : "")),
            },
        };
    }

    private static JsonObject ErrorOf(CibaSimulatorDecision? decision) => decision switch
    {
        CibaSimulatorDecision.Decline => new() { ["error"] = "access_denied", ["error_description"] = "The user declined." },
        CibaSimulatorDecision.Expire => new() { ["error"] = "expired_token", ["error_description"] = "The auth_req_id has expired." },
        _ => new() { ["error"] = "transaction_failed", ["error_description"] = "The OP could not bring it to an end." },
    };
}
