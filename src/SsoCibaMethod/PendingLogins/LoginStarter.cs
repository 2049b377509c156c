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
internal sealed class LoginStarter(PendingLoginService logins, LoginPoller poller, LoginReports reports, TimeProvider time, ILogger<CibaHandler> logger)
{
    // A starting login older than its request can take is dead: reading metadata and keys may come before it, 10 seconds each.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan ShownFor = TimeSpan.FromMinutes(5);

    private readonly LoginStartWriter _writer = new(logins, time, logger);

    /// <summary>The node that starts a login owns it, by the same write that creates it: two posts never ring twice.</summary>
    public string Owner => poller.Node;

    // The request may be sent twice.
    public static TimeSpan StartingFor(CibaMethod method) => (2 * method.Options.BackchannelTimeout) + Grace;

    /// <summary>Until when the page shows a login that begins now as waiting, where it must not tell what the OP answers; <see langword="null"/> where it may.</summary>
    public DateTimeOffset? ShownUntil(CibaMethod method)
    {
        // Not what the OP gives: whoever saw that change would know that it has taken a request.
        var shown = method.Options.RequestedExpiry ?? ShownFor;
        return method.Options.UniformOutcome ? time.GetUtcNow() + (shown < method.PollSettings.MaximumLifetime ? shown : method.PollSettings.MaximumLifetime) : null;
    }

    /// <param name="method">The method.</param>
    /// <param name="login">The login, starting.</param>
    /// <param name="secrets">What goes with the request.</param>
    /// <param name="delay">How long the code stands on the page first.</param>
    public async Task StartAsync(CibaMethod method, PendingLogin login, RequestSecrets secrets, TimeSpan delay = default)
    {
        try
        {
            logger.LoginStarted(login.Reference, method.Scheme);
            if (login.Version == 1)
            {
                // Not once more with the user's code.
                reports.Metrics.Started(method.Scheme);
            }

            await Task.Delay(delay, time);
            if (delay > TimeSpan.Zero && !await IsWantedAsync(method, login))
            {
                reports.Late(login.Reference, method.Scheme, PendingLoginState.Starting);
                return;
            }

            var sent = (At: time.GetUtcNow(), Clock: poller.Clock);
            var response = await SendAsync(method, login, secrets);
            if (response is BackchannelAuthenticationResponse.Refused { Error.Code: CibaErrorCode.InvalidBindingMessage } && login.WithBareCode() is { } bare)
            {
                // The only request ever repeated by itself: the first one disturbed nobody, and the code is still the one on the page.
                logger.BindingMessageRefused(login.Reference, method.Scheme);
                login = bare;
                sent = (time.GetUtcNow(), poller.Clock);
                response = await SendAsync(method, login, secrets);
            }

            await (response switch
            {
                BackchannelAuthenticationResponse.Acknowledged acknowledged => WaitAsync(method, login, acknowledged, sent.At, sent.Clock),
                BackchannelAuthenticationResponse.Refused refused => RefusedAsync(method, login, refused.Error, secrets.UserCode),
                BackchannelAuthenticationResponse.ProtocolFault fault => EndAsync(method, login, LoginOutcome.SystemError, fault.Fault),
                BackchannelAuthenticationResponse.Unavailable unavailable => EndAsync(method, login, LoginOutcome.Unavailable, unavailable.Cause),
                _ => throw new System.Diagnostics.UnreachableException(),
            });
        }
        catch (StoreException exception) when (logins.Store.IsGone)
        {
            // Away for longer than the login may wait for its request: whoever looks at it then finds it ended, and the log is told.
            logger.LoginWaitsForStore(login.Reference, method.Scheme, exception);
        }
        catch (Exception exception)
        {
            logger.LoginSurprise(login.Reference, method.Scheme, exception);
            if (exception is not StoreException)
            {
                await EndAsync(method, login, LoginOutcome.SystemError, exception.GetType().Name);
            }
        }
    }

    // Only where the OP's metadata offers it, whatever the OP answers (CIBA Core §4, §7.1).
    public static async Task<bool> MayAskForUserCodeAsync(CibaMethod method) =>
        method.Options.UserCode && await method.Client.Provider.GetAsync() is ProviderMetadataResult.Usable { Metadata.UserCodeSupported: true };

    // Who cancels before the request has left is not disturbed by it; nor is who waited so long for the store that there may be no time for the answer.
    private async Task<bool> IsWantedAsync(CibaMethod method, PendingLogin login) =>
        await _writer.FindAsync(login) is { State: PendingLoginState.Starting } current
        && current.Deadline - time.GetUtcNow() > StartingFor(method) - method.Options.BackchannelTimeout;

    private async Task<BackchannelAuthenticationResponse> SendAsync(CibaMethod method, PendingLogin login, RequestSecrets secrets)
    {
        // Without metadata nothing is sent, whatever the hint.
        var issuer = await method.Client.Provider.GetAsync() is ProviderMetadataResult.Usable { Metadata.Issuer: var known } ? known : "";
        var response = await method.Client.StartAsync(LoginRequest.Of(login, method.Options, issuer, secrets), CancellationToken.None);
        if (response is BackchannelAuthenticationResponse.Unavailable { Cause: var cause })
        {
            poller.Outages.Failed(method, poller.Clock, cause);
        }
        else
        {
            poller.Outages.Answered(method, poller.Clock);
        }

        return response;
    }

    private async Task WaitAsync(
        CibaMethod method, PendingLogin login, BackchannelAuthenticationResponse.Acknowledged acknowledged, DateTimeOffset requestedAt, TimeSpan sentAt)
    {
        var now = poller.Clock;
        if (login.Details.ShownUntil is { } until && until - requestedAt < acknowledged.ExpiresIn)
        {
            // Where the page's time is over, the login's is.
            acknowledged = acknowledged with { ExpiresIn = until - requestedAt };
        }

        var schedule = PollSchedule.Begin(sentAt, now, acknowledged, method.PollSettingsFor(login.Details.Content.RequestedExpiry));
        var lifetime = schedule.Deadline - sentAt;
        var client = method.ClientFingerprint;
        var slot = poller.Expect(method, Acknowledge(login)!, schedule);
        PendingLogin? written = null;
        try
        {
            written = await _writer.WriteAsync(login, Acknowledge);
        }
        finally
        {
            if (written is null)
            {
                poller.Forget(slot);
            }
        }

        if (written is null)
        {
            // Cancelled meanwhile: nobody polls, and a late approval has no effect (CIBA has no call to take a request back).
            reports.Late(login.Reference, method.Scheme, PendingLoginState.Waiting);
            return;
        }

        poller.Begin(slot, written);
        logger.LoginAcknowledged(login.Reference, method.Scheme, lifetime.TotalSeconds, schedule.Interval.TotalSeconds);

        PendingLogin? Acknowledge(PendingLogin current) => current.Acknowledge(acknowledged.AuthReqId, schedule.Interval, requestedAt, requestedAt + lifetime, client);
    }

    private async Task RefusedAsync(CibaMethod method, PendingLogin login, CibaError error, string? userCode)
    {
        if (login.Details.ShownUntil is { } until && LoginOutcome.IsAboutUser(error, method.Options))
        {
            await PretendAsync(method, login, error, until);
            return;
        }

        if (error.Code is not (CibaErrorCode.MissingUserCode or CibaErrorCode.InvalidUserCode) || !await MayAskForUserCodeAsync(method))
        {
            await EndAsync(method, login, LoginOutcome.OfBackchannelAuthentication(error, method.Options), error.Without(login.Details.LoginHint).ToString(), isRefused: true);
            return;
        }

        var limits = method.Options.StartLimits;
        if (userCode is not null && limits.Enabled && login.Details.WrongUserCodes + 1 >= limits.UserCodes)
        {
            reports.Metrics.Limited(method.Scheme, nameof(limits.UserCodes), "WrongCodes");
            await EndAsync(method, login, LoginOutcome.TooManyCodes, error.Without(login.Details.LoginHint).ToString());
            return;
        }

        var messageKey = userCode is null ? null : MessageKeys.InvalidCredentials;
        var deadline = time.GetUtcNow() + method.Options.MaximumLifetime;
        if (await _writer.WriteAsync(login, current => current.NeedUserCode(messageKey, deadline)) is not null)
        {
            logger.UserCodeNeeded(login.Reference, method.Scheme);
        }
    }

    private async Task PretendAsync(CibaMethod method, PendingLogin login, CibaError error, DateTimeOffset until)
    {
        var outcome = LoginOutcome.OfBackchannelAuthentication(error, method.Options);
        if (await _writer.WriteAsync(login, current => current.Pretend(until)) is null)
        {
            reports.Late(login.Reference, method.Scheme, outcome.State);
            return;
        }

        reports.EndedUnseen(login, method.Options.SecurityEvents, outcome, error.Without(login.Details.LoginHint).ToString());
    }

    private async Task EndAsync(CibaMethod method, PendingLogin login, LoginOutcome outcome, string cause, bool isRefused = false)
    {
        var endedAt = time.GetUtcNow();
        if (await _writer.WriteAsync(login, current => (current with { Details = current.Details with { IsRefused = isRefused } }).End(outcome.State, outcome.MessageKey, endedAt)) is null)
        {
            reports.Late(login.Reference, method.Scheme, outcome.State);
        }
        else
        {
            reports.Ended(login, method.Options.SecurityEvents, outcome, cause);
        }
    }
}
