namespace SsoCibaMethod.Client;

/// <summary>The whole of it: start, wait, validate. Each step is one that a program can take by itself.</summary>
internal sealed class AuthenticationFlow(CibaClient client, CibaClientSettings settings, TimeProvider time)
{
    public async Task<CibaAuthenticationResult> AuthenticateAsync(
        BackchannelAuthenticationRequest request, IProgress<CibaProgress>? progress, CancellationToken cancellationToken)
    {
        if (settings.TokenDeliveryMode == TokenDeliveryMode.Push && progress is null)
        {
            throw new ArgumentNullException(nameof(progress), "In push mode the tokens come through PendingAuthentication.Notify; CibaProgress.Acknowledged brings the handle.");
        }

        switch (await client.StartAsync(request, cancellationToken).ConfigureAwait(false))
        {
            case BackchannelAuthenticationResponse.Acknowledged acknowledged:
                var pending = PendingAuthentication.Begin(request, acknowledged, settings.Polling);
                progress?.Report(new CibaProgress.Acknowledged(request.BindingMessage, pending.Deadline, pending));
                return await WaitAsync(pending, request.LoginHint ?? request.LoginHintToken ?? request.IdTokenHint, progress, cancellationToken).ConfigureAwait(false);
            case BackchannelAuthenticationResponse.Refused { Error.Code: CibaErrorCode.AccessDenied } declined:
                return new CibaAuthenticationResult.Declined(declined.Error);
            case BackchannelAuthenticationResponse.Refused refused:
                return new CibaAuthenticationResult.Refused(refused.Error);
            case BackchannelAuthenticationResponse.ProtocolFault fault:
                return new CibaAuthenticationResult.Failed(fault.Fault);
            case BackchannelAuthenticationResponse.Unavailable unavailable:
                return new CibaAuthenticationResult.Unavailable(unavailable.Cause);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    public Task<CibaAuthenticationResult> WaitAsync(PendingAuthentication pending, IProgress<CibaProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pending);
        return WaitAsync(pending, hint: null, progress, cancellationToken);
    }

    private async Task<CibaAuthenticationResult> WaitAsync(
        PendingAuthentication pending, string? hint, IProgress<CibaProgress>? progress, CancellationToken cancellationToken)
    {
        await CheckOriginAsync(pending, cancellationToken).ConfigureAwait(false);
        pending.BeginWait();
        try
        {
            var judge = new OutcomeJudge(client, pending, hint, progress, time, Deadline(pending));
            return settings.TokenDeliveryMode == TokenDeliveryMode.Push
                ? await new PushWait(pending, judge, time).RunAsync(cancellationToken).ConfigureAwait(false)
                : await new PollingWait(client, settings, pending, judge, progress, time).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            pending.EndWait();
        }
    }

    // From the wall clock, the only one that outlives a process, to the monotonic one. Where the wall clock was set back, no login lives longer for it.
    private TimeSpan Deadline(PendingAuthentication pending)
    {
        var lifetime = Lesser(pending.Deadline - pending.RequestedAt, settings.Polling.MaximumLifetime);
        return time.GetElapsedTime(0) + Lesser(pending.Deadline - time.GetUtcNow(), lifetime);
    }

    // A handle that was mixed up would show one OP the ticket of another. Each poll looks again: the metadata may not be there yet.
    private async Task CheckOriginAsync(PendingAuthentication pending, CancellationToken cancellationToken)
    {
        if (pending.Origin is { } origin
            && (origin.ClientId != settings.ClientId
                || (await client.Provider.GetAsync(cancellationToken).ConfigureAwait(false) is ProviderMetadataResult.Usable { Metadata: var provider } && provider.Issuer != origin.Issuer)))
        {
            throw new ArgumentException("The pending authentication belongs to another client or OP.", nameof(pending));
        }
    }

    private static TimeSpan Lesser(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
