using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Client;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.Methods;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Polling;

namespace SsoCibaMethod.Notifications;

/// <summary>
/// Where the OP calls, in ping and push mode (CIBA Core §10.2, §10.3). The call is answered first; whatever follows from it happens in the poller. It takes
/// nothing from a browser: no cookie, no form, no signed-in user.
/// </summary>
internal sealed class NotificationEndpoint(HttpContext context, CibaMethod method, ILogger logger)
{
    // The acknowledgement that names the request may still be on its way, or being written.
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(5);

    private readonly PendingLoginService _logins = context.RequestServices.GetRequiredService<PendingLoginService>();
    private readonly LoginPoller _poller = context.RequestServices.GetRequiredService<LoginPoller>();
    private readonly TimeProvider _time = context.RequestServices.GetRequiredService<TimeProvider>();

    /// <summary>Answers, of a method that is switched off too: its logins under way come to their end.</summary>
    public async Task AnswerAsync()
    {
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        try
        {
            response.StatusCode = await HandleAsync();
        }
        catch (Exception exception) when (!response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            // An OP has no use for a page.
            logger.NotificationSurprise(method.Scheme, exception);
            response.StatusCode = StatusCodes.Status500InternalServerError;
        }

        switch (response.StatusCode)
        {
            case StatusCodes.Status405MethodNotAllowed:
                response.Headers.Allow = "POST";
                break;
            case StatusCodes.Status401Unauthorized:
                response.Headers.WWWAuthenticate = "Bearer";
                break;
        }
    }

    private async Task<int> HandleAsync()
    {
        if (method.Options.TokenDeliveryMode == TokenDeliveryMode.Poll && !context.RequestServices.GetRequiredService<CibaMethodCatalog>().HasFormer(method.Scheme))
        {
            return StatusCodes.Status404NotFound;
        }

        if (!HttpMethods.IsPost(context.Request.Method))
        {
            return StatusCodes.Status405MethodNotAllowed;
        }

        // Before anything is read: who has no token is told nothing, and costs nothing.
        if (BearerToken.Of(context.Request) is not { } token
            || await _logins.FindByNotificationTokenAsync(token, context.RequestAborted) is not { } login
            || login.Method != method.Scheme)
        {
            return Refuse(StatusCodes.Status401Unauthorized, "its token is missing or unknown");
        }

        using var scope = CibaLog.LoginScope(logger, login.Reference);
        if (!NotificationBody.IsJson(context.Request))
        {
            return Refuse(StatusCodes.Status415UnsupportedMediaType, "it is not application/json");
        }

        var mode = login.Details.DeliveryMode;
        return await NotificationBody.ReadAsync(context.Request, CibaNotification.MaximumSize(mode)) is { } body
            ? await HandleAsync(login, CibaNotification.Read(body, mode))
            : Refuse(StatusCodes.Status413PayloadTooLarge, "it is too large");
    }

    private Task<int> HandleAsync(PendingLogin login, CibaNotification notification)
    {
        var now = _time.GetUtcNow();
        return notification switch
        {
            CibaNotification.Malformed { Fault: var fault } => Task.FromResult(Refuse(StatusCodes.Status400BadRequest, fault)),
            CibaNotification.Ping ping => DeliverAsync(login, new ReceivedNotification(ping.AuthReqId, now)),
            CibaNotification.Tokens push => DeliverAsync(login, new ReceivedNotification(push.AuthReqId, now, Tokens: push.TokenSet)),
            CibaNotification.Refused push => DeliverAsync(login, new ReceivedNotification(push.AuthReqId, now, Error: push.Error)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async Task<int> DeliverAsync(PendingLogin login, ReceivedNotification notification)
    {
        login = await HoldAsync(login);
        var isPing = notification is { Tokens: null, Error: null };

        // What a ping tells needs no record, but for one that came before its login was ready; a push is all there will ever be.
        var kept = await _logins.ChangeAsync(
            login.Id,
            current => current.State == PendingLoginState.Starting || (!isPing && current.IsAbout(notification.AuthReqId) == true) ? current.Notify(notification) : null,
            CancellationToken.None);
        login = kept ?? await _logins.FindAsync(login.Id, CancellationToken.None) ?? login;
        if (login.IsAbout(notification.AuthReqId) == false)
        {
            return Refuse(StatusCodes.Status401Unauthorized, "its token belongs to another request");
        }

        // Twice, or too late, is no fault of the OP's (CIBA Core §10.2): it has no effect.
        if (login.State == PendingLoginState.Waiting && (isPing || kept is not null))
        {
            logger.NotificationReceived(login.Reference, login.Method, isPing ? "ping" : "push");
            await TellOwnerAsync(login, isPing);
        }

        return StatusCodes.Status204NoContent;
    }

    private async Task TellOwnerAsync(PendingLogin login, bool isPing)
    {
        if (!isPing)
        {
            // Another node learns of it from the store, where it is written.
            await _poller.ReviewAsync(login.Id, CancellationToken.None);
        }
        else if (!_poller.Ping(login.Id))
        {
            await _logins.PingAsync(login.Id, CancellationToken.None);
        }
    }

    private async Task<PendingLogin> HoldAsync(PendingLogin login)
    {
        if (login.State != PendingLoginState.Starting)
        {
            return login;
        }

        using var limit = new CancellationTokenSource(Hold, _time);
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping, context.RequestAborted);
        try
        {
            while (login.State == PendingLoginState.Starting)
            {
                await _logins.WaitForChangeAsync(login, either.Token);
                if (await _logins.FindAsync(login.Id, either.Token) is not { } changed)
                {
                    break;
                }

                login = changed;
            }
        }
        catch (OperationCanceledException)
        {
            // Long enough: it is kept on the record.
        }

        return login;
    }

    private int Refuse(int status, string cause)
    {
        logger.NotificationRefused(method.Scheme, status, cause);
        return status;
    }
}
