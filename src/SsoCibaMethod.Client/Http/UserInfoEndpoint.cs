using System.Net;
using System.Net.Http.Headers;

namespace SsoCibaMethod.Client;

/// <summary>Asks the OP for claims with an access token, used as it was given: as a bearer's, or with a proof (OpenID Connect Core §5.3.1, RFC 9449 §7).</summary>
internal sealed class UserInfoEndpoint(CibaClientSettings settings, HttpMessageInvoker backchannel, TimeProvider time)
{
    private static readonly MediaTypeWithQualityHeaderValue Json = new("application/json");

    private readonly BackchannelHttp _http = new(backchannel, time, settings.RequestTimeout);
    private readonly DPoPNonces _nonces = new();

    public async Task<UserInfoResponse> GetAsync(Uri endpoint, TokenSet tokens, string subject, CancellationToken cancellationToken)
    {
        if (tokens.AccessToken.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return new UserInfoResponse.ProtocolFault("The access token holds characters that no access token can have (RFC 6749 appendix A.12).");
        }

        var key = IsBound(tokens) ? Key(tokens) : null;
        for (var isRepeat = false; ; isRepeat = true)
        {
            var proof = key?.CreateProof(HttpMethod.Get, endpoint, tokens.AccessToken, _nonces.Of(endpoint));
            var answer = await SendAsync(endpoint, tokens, proof, cancellationToken).ConfigureAwait(false);
            var response = UserInfoResponseReader.Read(answer, subject, proof is null ? [tokens.AccessToken] : [tokens.AccessToken, proof]);
            var hasNonce = _nonces.Keep(endpoint, answer);
            if (isRepeat || proof is null || !hasNonce || response is not UserInfoResponse.Refused { Error.Code: CibaErrorCode.UseDPoPNonce })
            {
                return response;
            }
        }
    }

    private static bool IsBound(TokenSet tokens) => string.Equals(tokens.TokenType, TokenSetReader.DPoP, StringComparison.OrdinalIgnoreCase);

    private DPoPKey Key(TokenSet tokens) => settings.DPoP
        ?? throw new ArgumentException("The access token is bound to a key (token_type DPoP), and the client's settings name none (DPoP).", nameof(tokens));

    private Task<BackchannelAnswer> SendAsync(Uri endpoint, TokenSet tokens, string? proof, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, endpoint) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.Accept.Add(Json);

        // Never in the address or the body (RFC 6750 §2, RFC 9700 §4.3.2).
        request.Headers.Authorization = new AuthenticationHeaderValue(IsBound(tokens) ? TokenSetReader.DPoP : TokenSetReader.Bearer, tokens.AccessToken);
        if (proof is not null)
        {
            request.Headers.Add("DPoP", proof);
        }

        return _http.SendAsync(request, cancellationToken);
    }
}
