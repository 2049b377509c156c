namespace SsoCibaMethod.Client;

/// <summary>Exchanges a refresh token (RFC 6749 §6), and holds an ID token that comes along against the one before (OpenID Connect Core §12.2).</summary>
internal sealed class TokenRefresher(CibaClient client, CibaClientSettings settings, EndpointClient endpoints, TimeProvider time)
{
    public async Task<RefreshResponse> RefreshAsync(TokenSet earlier, string subject, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentException.ThrowIfNullOrEmpty(earlier.RefreshToken, nameof(earlier));
        var result = await client.Provider.GetAsync(cancellationToken).ConfigureAwait(false);
        if (result is not ProviderMetadataResult.Usable { Metadata: var provider })
        {
            return result is ProviderMetadataResult.Mismatch mismatch
                ? new RefreshResponse.ProtocolFault(mismatch.Cause)
                : new RefreshResponse.Unavailable(((ProviderMetadataResult.Unavailable)result).Cause);
        }

        var form = new FormParameters();
        form.Add("grant_type", "refresh_token");
        form.AddConfidential("refresh_token", earlier.RefreshToken);
        var sentAt = time.GetUtcNow();
        var answer = await endpoints.RequestTokensAsync(form, provider, cancellationToken).ConfigureAwait(false);
        return TokenResponseReader.Read(answer, form.Confidential, settings.TokenType, earlier) switch
        {
            TokenResponse.Granted { Tokens: var tokens } when tokens.IdToken == earlier.IdToken => new RefreshResponse.Refreshed(tokens),
            TokenResponse.Granted granted => await CheckAsync(granted.Tokens, earlier, subject, sentAt, cancellationToken).ConfigureAwait(false),
            TokenResponse.Refused refused => new RefreshResponse.Refused(refused.Error),
            TokenResponse.ProtocolFault fault => new RefreshResponse.ProtocolFault(fault.Fault),
            TokenResponse.Unavailable unavailable => new RefreshResponse.Unavailable(unavailable.Cause, unavailable.MayHaveBeenReceived),

            // Nobody is asked to wait for a refresh.
            _ => new RefreshResponse.ProtocolFault("token endpoint: an answer that only a login can have"),
        };
    }

    private async Task<RefreshResponse> CheckAsync(TokenSet tokens, TokenSet earlier, string subject, DateTimeOffset sentAt, CancellationToken cancellationToken)
    {
        var expectation = new IdTokenExpectation { RequestedAt = sentAt, AuthReqId = "", IsRefreshed = true, Subject = subject };
        return await client.ValidateAsync(tokens, expectation, cancellationToken).ConfigureAwait(false) switch
        {
            IdTokenResult.Valid valid when IsOfAnotherLogin(valid, earlier) => new RefreshResponse.ProtocolFault("The ID token was refused: its auth_time is not that of the login."),
            IdTokenResult.Valid => new RefreshResponse.Refreshed(tokens),
            IdTokenResult.Invalid invalid => new RefreshResponse.ProtocolFault($"The ID token was refused ({invalid.Fault}): {invalid.Detail}."),
            IdTokenResult.Undecided undecided => new RefreshResponse.Undecided(tokens.With(earlier.IdToken), undecided.Cause),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private bool IsOfAnotherLogin(IdTokenResult.Valid valid, TokenSet earlier)
    {
        var signed = settings.IdTokenDecryption is { } decryption && CompactJwe.IsOne(earlier.IdToken)
            ? IdTokenDecrypter.Decrypt(earlier.IdToken, decryption, out _)
            : earlier.IdToken;
        using var before = signed is null ? null : CompactJwt.TryParse(signed);
        using var now = CompactJwt.TryParse(valid.SignedToken);
        return before is not null && now is not null
            && ClaimValue.NumericDate(before.Payload, "auth_time") is { } then
            && now.Payload.TryGetProperty("auth_time", out _)
            && ClaimValue.NumericDate(now.Payload, "auth_time") != then;
    }
}
