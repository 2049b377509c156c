using System.Net;

namespace SsoCibaMethod.Client;

/// <summary>Calls the endpoints at which a client proves itself: the form, its authentication, and nothing of one request in another.</summary>
internal sealed class EndpointClient(CibaClientSettings settings, HttpMessageInvoker backchannel, TimeProvider time)
{
    private readonly BackchannelHttp _http = new(backchannel, time, settings.RequestTimeout);
    private readonly DPoPNonces _nonces = new();

    /// <summary>Asks the user (CIBA Core §7.1).</summary>
    public Task<BackchannelAnswer> RequestAuthenticationAsync(FormParameters form, ProviderMetadata provider, CancellationToken cancellationToken) => PostAsync(
        provider.BackchannelAuthenticationEndpoint, provider.NamedBackchannelAuthenticationEndpoint ?? provider.BackchannelAuthenticationEndpoint, form, provider, cancellationToken);

    /// <summary>Asks for tokens, whatever the grant; with a proof where there is a key, once more where the OP wants its nonce in that (RFC 9449 §5, §8).</summary>
    public Task<BackchannelAnswer> RequestTokensAsync(FormParameters form, ProviderMetadata provider, CancellationToken cancellationToken) => settings.DPoP is { } key
        ? ProveAsync(key, form, provider, cancellationToken)
        : PostAsync(provider.TokenEndpoint, provider.NamedTokenEndpoint ?? provider.TokenEndpoint, form, provider, cancellationToken);

    private async Task<BackchannelAnswer> ProveAsync(DPoPKey key, FormParameters form, ProviderMetadata provider, CancellationToken cancellationToken)
    {
        var endpoint = provider.TokenEndpoint;
        var named = provider.NamedTokenEndpoint ?? endpoint;
        for (var isRepeat = false; ; isRepeat = true)
        {
            var answer = await PostAsync(endpoint, named, form.Copy(), provider, cancellationToken, key.CreateProof(endpoint, _nonces.Of(endpoint))).ConfigureAwait(false);
            var hasNonce = _nonces.Keep(endpoint, answer);
            if (!hasNonce || !IsNonceWanted(answer))
            {
                return answer;
            }

            if (isRepeat)
            {
                // A nonce that changes faster than requests travel ends no login: the next one has the newest.
                return new BackchannelAnswer.None("the OP asked for another DPoP nonce twice in a row", MayHaveBeenReceived: false, ((BackchannelAnswer.Received)answer).RetryAfter);
            }

            // That answer decided nothing, so nothing has to be waited for.
        }
    }

    private static bool IsNonceWanted(BackchannelAnswer answer) =>
        answer is BackchannelAnswer.Received received && received.Refusal([]) is { Code: CibaErrorCode.UseDPoPNonce };

    private Task<BackchannelAnswer> PostAsync(
        Uri endpoint, Uri named, FormParameters form, ProviderMetadata provider, CancellationToken cancellationToken, string? proof = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        _ = request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (proof is not null)
        {
            request.Headers.Add("DPoP", proof);
            form.Hide(proof);
        }

        settings.Authentication.Apply(new ClientAuthentication.Target(
            settings.ClientId, provider.Issuer, named, provider.NamedTokenEndpoint ?? provider.TokenEndpoint, form, request.Headers, time));
        request.Content = form.ToContent(time);
        return _http.SendAsync(request, cancellationToken);
    }
}
