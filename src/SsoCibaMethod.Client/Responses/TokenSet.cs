using System.Text.Json.Nodes;

namespace SsoCibaMethod.Client;

/// <summary>The members of a successful token response (OpenID Connect Core §3.1.3.3). Confidential: <see cref="object.ToString"/> shows none of it.</summary>
public sealed class TokenSet
{
    /// <summary>The ID token, a signed JWT.</summary>
    public required string IdToken { get; init; }

    /// <summary>The access token.</summary>
    public required string AccessToken { get; init; }

    /// <summary>How the access token is used: <c>Bearer</c>, or <c>DPoP</c> where it is bound to <see cref="CibaClientSettings.DPoP"/>.</summary>
    public required string TokenType { get; init; }

    /// <summary>The refresh token, if the OP gave one.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>How long the access token lives; <see langword="null"/> where the OP does not say.</summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>The scope granted; <see langword="null"/> means what was asked for (RFC 6749 §5.1).</summary>
    public string? Scope { get; init; }

    /// <summary>
    /// What was granted of <see cref="BackchannelAuthenticationRequest.AuthorizationDetails"/>, which may be other than what was asked for: compare before acting on it
    /// (RFC 9396 §7). <see langword="null"/> where the OP does not say.
    /// </summary>
    public JsonArray? AuthorizationDetails { get; init; }

    /// <summary>The same tokens with another ID token.</summary>
    internal TokenSet With(string idToken) => new()
    {
        IdToken = idToken,
        AccessToken = AccessToken,
        TokenType = TokenType,
        RefreshToken = RefreshToken,
        ExpiresIn = ExpiresIn,
        Scope = Scope,
        AuthorizationDetails = AuthorizationDetails,
    };
}
