namespace SsoCibaMethod.Client;

/// <summary>
/// The protocol of CIBA Core: the whole of it in one call, or a step a method: start, poll once, validate. It keeps no state between calls and logs nothing.
/// What the OP answers is a value of a closed set; exceptions are for surprises.
/// </summary>
public sealed class CibaClient
{
    internal const string GrantType = "urn:openid:params:grant-type:ciba";

    private static readonly string EncodedGrantType = Uri.EscapeDataString(GrantType);

    private readonly CibaClientSettings _settings;
    private readonly ProviderMetadataSource _provider;
    private readonly EndpointClient _endpoints;
    private readonly IdTokenValidator _validator;
    private readonly AuthenticationFlow _flow;
    private readonly TokenRefresher _refresher;
    private readonly UserInfoEndpoint _userInfo;
    private readonly TimeProvider _time;

    /// <summary>Creates a client of one OP.</summary>
    /// <param name="settings">What the client is registered as.</param>
    /// <param name="provider">The OP's metadata.</param>
    /// <param name="backchannel">The HTTP client for the OP. It must not follow redirects and must not repeat requests: the next poll is the retry.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <exception cref="ArgumentException">The settings do not fit together, or would switch off a check; the message names the setting and the cure.</exception>
    public CibaClient(CibaClientSettings settings, ProviderMetadataSource provider, HttpMessageInvoker backchannel, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(backchannel);
        ClientSettingsCheck.ThrowIfUnfit(settings);
        _settings = settings;
        _provider = provider;
        _time = time ?? TimeProvider.System;
        _endpoints = new EndpointClient(settings, backchannel, _time);
        _validator = new IdTokenValidator(settings, _time);
        _flow = new AuthenticationFlow(this, settings, _time);
        _refresher = new TokenRefresher(this, settings, _endpoints, _time);
        _userInfo = new UserInfoEndpoint(settings, backchannel, _time);
    }

    /// <summary>The OP's metadata.</summary>
    public ProviderMetadataSource Provider => _provider;

    /// <summary>Creates a client of one OP from the OP's address alone: its metadata is discovered, the connections are the client's own.</summary>
    /// <param name="authority">The OP's issuer, an https address.</param>
    /// <param name="settings">What the client is registered as; its certificate is shown to the OP.</param>
    /// <param name="transport">What differs on the way to the OP.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <returns>The client, for as long as the program lives.</returns>
    /// <exception cref="ArgumentException">The authority is not an https address, or the settings do not fit together.</exception>
    public static CibaClient Create(string authority, CibaClientSettings settings, BackchannelTransportSettings? transport = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(authority);
        ArgumentNullException.ThrowIfNull(settings);
        return ClientAssembly.Create(settings, authority, ClientAssembly.CreateHandler(settings, transport), time);
    }

    /// <summary>Asks a user and waits for the decision: sends the request, asks for the outcome as the OP allows, validates the tokens.</summary>
    /// <param name="request">Whom to ask, and how.</param>
    /// <param name="progress">Is told what happens meanwhile; in push mode it is needed, since it brings the handle that takes the OP's call.</param>
    /// <param name="cancellationToken">Stops the waiting. CIBA knows no way to take a request back: the user may still approve, without effect.</param>
    /// <returns>How it ended; at the latest when the request expires.</returns>
    /// <exception cref="ArgumentException">The request breaks a rule that its own documentation names; nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">The <paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<CibaAuthenticationResult> AuthenticateAsync(
        BackchannelAuthenticationRequest request, IProgress<CibaProgress>? progress = null, CancellationToken cancellationToken = default) =>
        _flow.AuthenticateAsync(request, progress, cancellationToken);

    /// <summary>Waits for the decision on a request that was started before, perhaps by another process. The first poll comes a whole interval from now.</summary>
    /// <param name="pending">The handle. One wait at a time.</param>
    /// <param name="progress">Is told what happens meanwhile.</param>
    /// <param name="cancellationToken">Stops the waiting; the handle can be waited for again. A poll under way may have brought the tokens, which are lost then.</param>
    /// <returns>How it ended; at the latest when the request expires.</returns>
    /// <exception cref="ArgumentException">The handle belongs to another client or OP.</exception>
    /// <exception cref="InvalidOperationException">The handle is being waited for already.</exception>
    /// <exception cref="OperationCanceledException">The <paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<CibaAuthenticationResult> WaitAsync(
        PendingAuthentication pending, IProgress<CibaProgress>? progress = null, CancellationToken cancellationToken = default) =>
        _flow.WaitAsync(pending, progress, cancellationToken);

    /// <summary>Sends a backchannel authentication request (CIBA Core §7.1): the user's phone rings.</summary>
    /// <param name="request">Whom to ask, and how.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer; the request may have arrived all the same.</param>
    /// <returns>The acknowledgement, or why there is none.</returns>
    /// <exception cref="ArgumentException">The request breaks a rule that its own documentation names; nothing was sent.</exception>
    public async Task<BackchannelAuthenticationResponse> StartAsync(BackchannelAuthenticationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequestCheck.ThrowIfUnfit(request, _settings.TokenDeliveryMode);

        var result = await _provider.GetAsync(cancellationToken).ConfigureAwait(false);
        if (result is not ProviderMetadataResult.Usable { Metadata: var provider })
        {
            return result is ProviderMetadataResult.Mismatch mismatch
                ? new BackchannelAuthenticationResponse.ProtocolFault(mismatch.Cause)
                : new BackchannelAuthenticationResponse.Unavailable(((ProviderMetadataResult.Unavailable)result).Cause);
        }

        using var span = ClientTelemetry.BeginStart();
        return ClientTelemetry.EndStart(span, _settings.ClientId, await SendAsync(request, provider, cancellationToken).ConfigureAwait(false));
    }

    private async Task<BackchannelAuthenticationResponse> SendAsync(BackchannelAuthenticationRequest request, ProviderMetadata provider, CancellationToken cancellationToken)
    {
        var form = new FormParameters();
        AddMembers(form, RequestMembers.Of(request, _settings.Scope, provider.UserCodeSupported), provider);
        var sentAt = _time.GetUtcNow();
        var answer = await _endpoints.RequestAuthenticationAsync(form, provider, cancellationToken).ConfigureAwait(false);
        var response = BackchannelAuthenticationResponseReader.Read(answer, form.Confidential);
        return response is BackchannelAuthenticationResponse.Acknowledged acknowledged
            ? acknowledged with { SentAt = sentAt, Origin = new AcknowledgementOrigin(provider.Issuer, _settings.ClientId) }
            : response;
    }

    /// <summary>Sends one token request (CIBA Core §10.1). When to send it is for <see cref="PollSchedule"/> to say.</summary>
    /// <param name="authReqId">The ticket, as the acknowledgement gave it.</param>
    /// <param name="cancellationToken">Gives up waiting; the OP may have received the request, and spent the ticket.</param>
    /// <returns>Tokens, not yet validated, or where the login stands.</returns>
    /// <exception cref="InvalidOperationException">The client is registered for push, and must not ask (CIBA Core §11).</exception>
    public Task<TokenResponse> PollAsync(string authReqId, CancellationToken cancellationToken = default) => PollAsync(authReqId, origin: null, cancellationToken);

    /// <param name="authReqId">The ticket.</param>
    /// <param name="origin">Who gave it, where that is known: a ticket is shown to nobody else.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    internal async Task<TokenResponse> PollAsync(string authReqId, AcknowledgementOrigin? origin, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(authReqId);
        if (_settings.TokenDeliveryMode == TokenDeliveryMode.Push)
        {
            throw new InvalidOperationException("A client registered for push must not call the token endpoint with an auth_req_id (CIBA Core §11).");
        }

        var result = await _provider.GetForLoginUnderWayAsync(cancellationToken).ConfigureAwait(false);
        if (result is not ProviderMetadataResult.Usable { Metadata: var provider })
        {
            return new TokenResponse.Unavailable(result is ProviderMetadataResult.Mismatch mismatch
                ? mismatch.Cause
                : ((ProviderMetadataResult.Unavailable)result).Cause);
        }

        if (origin is not null && origin.Issuer != provider.Issuer)
        {
            return new TokenResponse.ProtocolFault($"the OP's metadata names the issuer {provider.Issuer}, and another OP gave the auth_req_id");
        }

        var form = new FormParameters();
        form.AddEncoded("grant_type", EncodedGrantType);
        form.AddConfidential("auth_req_id", authReqId);
        using var span = ClientTelemetry.BeginPoll();
        var answer = await _endpoints.RequestTokensAsync(form, provider, cancellationToken).ConfigureAwait(false);
        return ClientTelemetry.EndPoll(span, _settings.ClientId, TokenResponseReader.Read(answer, form.Confidential, _settings.TokenType));
    }

    /// <summary>
    /// Validates the ID token of a token response (OpenID Connect Core §3.1.3.7). Where a key is unknown or the signature wrong, the OP's keys
    /// are fetched once more and the same token is validated again, so that a roll-over of keys costs nobody a login.
    /// </summary>
    /// <param name="tokens">The tokens of the answer.</param>
    /// <param name="expectation">What they must fit.</param>
    /// <param name="cancellationToken">Stops the waiting for keys.</param>
    /// <returns>Valid, or the rule that is broken.</returns>
    public async Task<IdTokenResult> ValidateAsync(TokenSet tokens, IdTokenExpectation expectation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(expectation);
        var metadata = await _provider.GetForLoginUnderWayAsync(cancellationToken).ConfigureAwait(false);
        if (metadata is not ProviderMetadataResult.Usable { Metadata: var provider })
        {
            return new IdTokenResult.Undecided("the OP's metadata is not usable");
        }

        var first = _validator.Validate(tokens, expectation, provider);
        if (first is not IdTokenResult.Invalid { Fault: IdTokenFault.UnknownKey or IdTokenFault.WrongSignature }
            || _settings.IdTokenSigningAlgorithms.All(IdTokenSignature.IsSymmetric))
        {
            return first;
        }

        return await _provider.RefreshKeysAsync(provider, cancellationToken).ConfigureAwait(false) switch
        {
            ProviderMetadataResult.Usable { Metadata: var fresh } => _validator.Validate(tokens, expectation, fresh),
            ProviderMetadataResult.Unavailable { Cause: var cause } => new IdTokenResult.Undecided($"a key is unknown, and the OP's keys could not be fetched: {cause}"),
            _ => first,
        };
    }

    /// <summary>Asks the OP for more claims about the user (OpenID Connect Core §5.3), with the access token as it was given: bearer's or bound.</summary>
    /// <param name="tokens">Tokens that were validated.</param>
    /// <param name="subject">The <c>sub</c> of their ID token; claims about anybody else are refused (OpenID Connect Core §5.3.2).</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The claims, or why there are none.</returns>
    /// <exception cref="ArgumentException">The access token is bound to a key that the client's settings do not name.</exception>
    public async Task<UserInfoResponse> GetUserInfoAsync(TokenSet tokens, string subject, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentException.ThrowIfNullOrEmpty(subject);
        return await _provider.GetForLoginUnderWayAsync(cancellationToken).ConfigureAwait(false) switch
        {
            ProviderMetadataResult.Usable { Metadata.UserInfoEndpoint: { } endpoint } => await _userInfo.GetAsync(endpoint, tokens, subject, cancellationToken).ConfigureAwait(false),
            ProviderMetadataResult.Usable => new UserInfoResponse.ProtocolFault("The OP's metadata names no userinfo_endpoint at an https address."),
            ProviderMetadataResult.Mismatch mismatch => new UserInfoResponse.ProtocolFault(mismatch.Cause),
            var result => new UserInfoResponse.Unavailable(((ProviderMetadataResult.Unavailable)result).Cause),
        };
    }

    /// <summary>Exchanges the refresh token for new tokens (RFC 6749 §6). An ID token that comes along is validated (OpenID Connect Core §12.2).</summary>
    /// <param name="tokens">The tokens as they are; they must hold a refresh token.</param>
    /// <param name="subject">The <c>sub</c> of their ID token, which a new one must name too.</param>
    /// <param name="cancellationToken">Gives up waiting; the OP may have rotated the refresh token.</param>
    /// <returns>The tokens to use from now on, or why there are none.</returns>
    public Task<RefreshResponse> RefreshAsync(TokenSet tokens, string subject, CancellationToken cancellationToken = default) =>
        _refresher.RefreshAsync(tokens, subject, cancellationToken);

    private void AddMembers(FormParameters form, IReadOnlyList<RequestMember> members, ProviderMetadata provider)
    {
        form.Hide(members.SelectMany(member => member.Confidential));
        if (_settings.RequestSigning is { } signing)
        {
            // Nothing of it stands outside the signature (CIBA Core §7.1.1), the client's id apart, which some OPs ask for (RFC 9101 §5).
            form.Ensure("client_id", _settings.ClientId);
            form.AddConfidential("request", RequestObject.Create(members, signing, _settings.ClientId, provider.Issuer, _time.GetUtcNow()));
            return;
        }

        foreach (var member in members)
        {
            member.AddTo(form);
        }
    }
}
