using System.Net;
using System.Net.Http.Headers;

namespace SsoCibaMethod.Client;

/// <summary>Calls the endpoints at which a client proves itself: the form, its authentication, and nothing of one request in another.</summary>
internal sealed class EndpointClient(CibaClientSettings settings, HttpMessageInvoker backchannel, TimeProvider time)
{
    private static readonly MediaTypeWithQualityHeaderValue Json = new("application/json");

    private readonly BackchannelHttp _http = new(backchannel, time, settings.RequestTimeout);

    /// <summary>Asks the user (CIBA Core §7.1).</summary>
    public Task<BackchannelAnswer> RequestAuthenticationAsync(FormParameters form, ProviderMetadata provider, CancellationToken cancellationToken) => PostAsync(
        provider.BackchannelAuthenticationEndpoint, provider.NamedBackchannelAuthenticationEndpoint ?? provider.BackchannelAuthenticationEndpoint, form, provider, cancellationToken);

    /// <summary>Asks for tokens, whatever the grant.</summary>
    public Task<BackchannelAnswer> RequestTokensAsync(FormParameters form, ProviderMetadata provider, CancellationToken cancellationToken) =>
        PostAsync(provider.TokenEndpoint, provider.NamedTokenEndpoint ?? provider.TokenEndpoint, form, provider, cancellationToken);

    private async Task<BackchannelAnswer> PostAsync(Uri endpoint, Uri named, FormParameters form, ProviderMetadata provider, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.Accept.Add(Json);
        settings.Authentication.Apply(new ClientAuthentication.Target(
            settings.ClientId, provider.Issuer, named, provider.NamedTokenEndpoint ?? provider.TokenEndpoint, form, request.Headers, time.GetUtcNow()));
        request.Content = form.ToContent(time);
        return await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
