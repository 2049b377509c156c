using Microsoft.Extensions.Logging;
using SsoCibaMethod.Client;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.Messages;
using SsoCibaMethod.Methods;
using SsoCibaMethod.Polling;

namespace SsoCibaMethod.PendingLogins;

/// <summary>
/// Sends the backchannel authentication request of a login and records what came of it. It goes on when the browser leaves:
/// the phone may be ringing already.
/// </summary>
internal sealed class LoginStarter(PendingLoginService logins, LoginPoller poller, TimeProvider time, ILogger<CibaHandler> logger)
{
    // A starting login older than its request can take is dead: reading metadata and keys may come before it, 10 seconds each.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(25);

    /// <summary>The node that starts a login owns it, by the same write that creates it: two posts never ring twice.</summary>
    public string Owner => poller.Node;

    public static TimeSpan StartingFor(CibaMethod method) => method.Options.BackchannelTimeout + Grace;

    public async Task StartAsync(CibaMethod method, PendingLogin login, string? userCode)
    {
        try
        {
            logger.LoginStarted(login.Reference, method.Scheme);
            var requestedAt = time.GetUtcNow();
            var sentAt = poller.Clock;
            var response = await method.Client.StartAsync(Request(method.Options, login, userCode), CancellationToken.None);
            await (response switch
            {
                BackchannelAuthenticationResponse.Acknowledged acknowledged => WaitAsync(method, login, acknowledged, requestedAt, sentAt),
                BackchannelAuthenticationResponse.Refused refused => RefusedAsync(method, login, refused.Error, userCode),
                BackchannelAuthenticationResponse.ProtocolFault fault => EndAsync(method, login, LoginOutcome.SystemError, fault.Fault),
                BackchannelAuthenticationResponse.Unavailable unavailable => EndAsync(method, login, LoginOutcome.Unavailable, unavailable.Cause),
                _ => throw new System.Diagnostics.UnreachableException(),
            });
        }
        catch (Exception exception)
        {
            logger.LoginSurprise(login.Reference, method.Scheme, exception);
            await EndAsync(method, login, LoginOutcome.SystemError, exception.GetType().Name);
        }
    }

    private static BackchannelAuthenticationRequest Request(CibaOptions options, PendingLogin login, string? userCode) => new()
    {
        LoginHint = login.Details.LoginHint,
        BindingMessage = login.Details.BindingMessage,
        UserCode = userCode,
        RequestedExpiry = options.RequestedExpiry,
        AcrValues = [.. options.AcrValues],
    };

    private async Task WaitAsync(
        CibaMethod method, PendingLogin login, BackchannelAuthenticationResponse.Acknowledged acknowledged, DateTimeOffset requestedAt, TimeSpan sentAt)
    {
        var now = poller.Clock;
        var schedule = PollSchedule.Begin(sentAt, now, acknowledged, method.PollSettings);
        var lifetime = schedule.Deadline - sentAt;
        var waiting = login.Acknowledge(acknowledged.AuthReqId, schedule.Interval, requestedAt, requestedAt + lifetime);
        if (waiting is null || !await logins.TryReplaceAsync(waiting, CancellationToken.None))
        {
            // Cancelled meanwhile: nobody polls, and a late approval has no effect (CIBA has no call to take a request back).
            logger.LateOutcome(login.Reference, method.Scheme, nameof(PendingLoginState.Waiting));
            return;
        }

        logger.LoginAcknowledged(login.Reference, method.Scheme, lifetime.TotalSeconds, schedule.Interval.TotalSeconds);
        poller.Adopt(method, waiting, schedule);

        // A cancel between the two found nothing to stop.
        await poller.ReviewAsync(waiting.Id, CancellationToken.None);
    }

    private async Task RefusedAsync(CibaMethod method, PendingLogin login, CibaError error, string? userCode)
    {
        if (error.Code is not (CibaErrorCode.MissingUserCode or CibaErrorCode.InvalidUserCode) || !await MayAskForUserCodeAsync(method))
        {
            await EndAsync(method, login, LoginOutcome.OfBackchannelAuthentication(error.Code), error.ToString());
            return;
        }

        var messageKey = userCode is null ? null : MessageKeys.InvalidCredentials;
        if (login.NeedUserCode(messageKey, time.GetUtcNow() + method.Options.MaximumLifetime) is { } asking
            && await logins.TryReplaceAsync(asking, CancellationToken.None))
        {
            logger.UserCodeNeeded(login.Reference, method.Scheme);
        }
    }

    // Only where the OP's metadata offers it, whatever the OP answers (CIBA Core §4, §7.1).
    private static async Task<bool> MayAskForUserCodeAsync(CibaMethod method) =>
        await method.Client.Provider.GetAsync() is ProviderMetadataResult.Usable { Metadata.UserCodeSupported: true };

    private async Task EndAsync(CibaMethod method, PendingLogin login, LoginOutcome outcome, string cause)
    {
        var ended = await logins.ChangeAsync(login.Id, current => current.End(outcome.State, outcome.MessageKey, time.GetUtcNow()), CancellationToken.None);
        logger.Outcome(login.Reference, method.Scheme, outcome, ended is null ? null : cause);
    }
}
