using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SsoCibaMethod.Simulator.Requests;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Tokens;

/// <summary>Answers polls (CIBA Core §10.1, §11).</summary>
internal static class TokenEndpoint
{
    public const string Path = "/token";
    public const string GrantType = "urn:openid:params:grant-type:ciba";

    public static async Task HandleAsync(HttpContext context)
    {
        var simulator = context.RequestServices.GetRequiredService<CibaSimulator>();
        var issuer = MountPoint.IssuerOf(context.Request, Path, simulator.Options);
        var (form, error) = await ProtocolForm.ReadAsync(context.Request);
        CibaSimulatorClient? client = null;
        if (error is null)
        {
            (client, error) = await simulator.Authenticator.AuthenticateAsync(context.Request, form, issuer);
        }

        error ??= FormError(form);
        if (error is null && client!.TokenDeliveryMode is CibaSimulatorDeliveryMode.Push)
        {
            error = new("unauthorized_client", "A client that is sent its tokens may not ask for them.");
        }

        if (error is not null)
        {
            simulator.Log.PollRefused(client?.ClientId, error.Code, error.Description);
            await Answer.ErrorAsync(context, error);
            return;
        }

        using var poll = simulator.Book.BeginPoll(form["auth_req_id"]!, client!);
        if (poll is null)
        {
            await Answer.ErrorAsync(context, ProtocolError.InvalidGrant("The auth_req_id is not one of this client."));
            return;
        }

        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        await poll.HoldAsync(simulator.Options.LongPolling, simulator.Time, stopping, context.RequestAborted);
        var answer = poll.Answer();
        if (answer is PollAnswer.Tokens)
        {
            var grant = new Grant(poll.Request.Asked, poll.Request.DecidedAt!.Value);
            await Answer.JsonAsync(context, TokenWriter.Write(grant, binding: null, simulator));
            return;
        }

        await Answer.ErrorAsync(context, ErrorOf(answer));
    }

    private static ProtocolError? FormError(ProtocolForm form) =>
        !form.Has("grant_type") ? ProtocolError.InvalidRequest("The grant_type is missing.")
        : form["grant_type"] != GrantType ? new("unsupported_grant_type", "Only the CIBA grant is supported.")
        : form.Has("auth_req_id") ? null
        : ProtocolError.InvalidRequest("The auth_req_id is missing.");

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
