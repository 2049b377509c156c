using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SsoCibaMethod.Simulator.Requests;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Tokens;

/// <summary>Answers polls (CIBA Core §10.1, §11).</summary>
internal static class CibaGrant
{
    public const string Type = "urn:openid:params:grant-type:ciba";

    /// <summary>Sends the answer; what is wrong with the request itself is returned instead.</summary>
    public static async Task<ProtocolError?> HandleAsync(
        HttpContext context, ProtocolForm form, CibaSimulatorClient client, KeyBinding? binding, CibaSimulator simulator)
    {
        if (client.TokenDeliveryMode is CibaSimulatorDeliveryMode.Push)
        {
            return new("unauthorized_client", "A client that is sent its tokens may not ask for them.");
        }

        if (!form.Has("auth_req_id"))
        {
            return ProtocolError.InvalidRequest("The auth_req_id is missing.");
        }

        using var poll = simulator.Book.BeginPoll(form["auth_req_id"]!, client);
        if (poll is null)
        {
            return ProtocolError.InvalidGrant("The auth_req_id is not one of this client.");
        }

        if (simulator.PollScript.Next() is { } dictated)
        {
            if (dictated.IsEnd)
            {
                poll.TellEnd();
            }

            await simulator.PollScript.SendAsync(context, dictated);
            return null;
        }

        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        await poll.HoldAsync(simulator.Options.LongPolling, simulator.Time, stopping, context.RequestAborted);
        var answer = poll.Answer();
        await (answer is PollAnswer.Tokens
            ? Answer.JsonAsync(context, TokenWriter.Write(new(poll.Request.Asked, poll.Request.DecidedAt!.Value), binding, simulator))
            : Answer.ErrorAsync(context, ErrorOf(answer)));
        return null;
    }

    private static ProtocolError ErrorOf(PollAnswer answer) => answer switch
    {
        PollAnswer.AuthorizationPending => new("authorization_pending", "The user has not decided yet."),
        PollAnswer.SlowDown => new("slow_down", "Wait five seconds more between polls from now on."),
        PollAnswer.AccessDenied => new("access_denied", "The user declined."),
        PollAnswer.TransactionFailed => new("transaction_failed", "The OP could not bring it to an end."),
        PollAnswer.ExpiredToken => new("expired_token", "The auth_req_id has expired."),
        _ => ProtocolError.InvalidGrant("The tokens have been given already."),
    };
}
