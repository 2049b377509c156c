using System.Text.Json;

namespace SsoCibaMethod.Client;

/// <summary>
/// The rules an ID token must keep, in the order they are checked (OpenID Connect Core §3.1.3.7). The signature comes before any claim:
/// nothing unsigned is believed, and no setting turns a rule off.
/// </summary>
internal sealed class IdTokenValidator(CibaClientSettings client, TimeProvider time)
{
    private const int MaximumSubject = 255;

    public IdTokenResult Validate(TokenSet tokens, IdTokenExpectation expectation, ProviderMetadata provider)
    {
        if (tokens.IdToken.Count(c => c == '.') == 4)
        {
            return Invalid(IdTokenFault.Encrypted, "the token is encrypted, and no encryption is agreed");
        }

        using var token = CompactJwt.TryParse(tokens.IdToken);
        if (token is null)
        {
            return Invalid(IdTokenFault.Malformed, "not a compact JWS");
        }

        return CheckHeader(token, provider, out var algorithm)
            ?? CheckParties(token.Payload, provider)
            ?? CheckSubject(token.Payload, expectation)
            ?? CheckTimes(token.Payload, expectation)
            ?? CheckAcr(token.Payload, expectation)
            ?? CheckHashes(token.Payload, tokens, expectation, algorithm)
            ?? (IdTokenResult)new IdTokenResult.Valid(Text(token.Payload, "iss")!, Text(token.Payload, "sub")!);
    }

    private IdTokenResult.Invalid? CheckHeader(CompactJwt token, ProviderMetadata provider, out string algorithm)
    {
        algorithm = Text(token.Header, "alg") ?? "none";
        if (token.Header.TryGetProperty("typ", out var type) && !string.Equals(Text(type), "JWT", StringComparison.OrdinalIgnoreCase))
        {
            return Invalid(IdTokenFault.WrongType, "the typ header names another kind of token");
        }

        if (token.Header.TryGetProperty("crit", out _))
        {
            return Invalid(IdTokenFault.CriticalHeader, "the token asks for an extension that is not understood");
        }

        // The list is pinned; the token only says which of it was used. "none" is on no list.
        if (algorithm == "none" || !client.IdTokenSigningAlgorithms.Contains(algorithm, StringComparer.Ordinal))
        {
            return Invalid(IdTokenFault.AlgorithmNotAllowed, AlgorithmAdvice(algorithm, provider));
        }

        return IdTokenSignature.Verify(token, algorithm, Text(token.Header, "kid"), provider.SigningKeys, client.Authentication.Secret) switch
        {
            null => null,
            IdTokenFault.UnknownKey when IdTokenSignature.IsSymmetric(algorithm) =>
                Invalid(IdTokenFault.UnknownKey, $"there is no client secret, of 128 bits at least, to verify {algorithm} with"),
            IdTokenFault.UnknownKey => Invalid(IdTokenFault.UnknownKey, $"none of the OP's {provider.SigningKeys.Count} keys fits the token's kid and {algorithm}"),
            var fault => Invalid(fault.Value, $"the {algorithm} signature is wrong"),
        };
    }

    private string AlgorithmAdvice(string algorithm, ProviderMetadata provider) =>
        algorithm != "none" && provider.IdTokenSigningAlgorithms.Contains(algorithm, StringComparer.Ordinal)
            ? $"the token is signed with {algorithm}, which the OP offers; if that is right, name it in the setting IdTokenSigningAlgorithms (now {string.Join(", ", client.IdTokenSigningAlgorithms)})"
            : "the token's algorithm is not one of the setting IdTokenSigningAlgorithms";

    private IdTokenResult.Invalid? CheckParties(JsonElement claims, ProviderMetadata provider)
    {
        if (Text(claims, "iss") is not { } issuer)
        {
            return Invalid(IdTokenFault.IssuerMissing, "no iss");
        }

        if (!string.Equals(issuer, provider.Issuer, StringComparison.Ordinal))
        {
            return Invalid(IdTokenFault.WrongIssuer, $"iss is not {provider.Issuer}");
        }

        if (Audiences(claims) is not { Count: > 0 } audiences)
        {
            return Invalid(IdTokenFault.AudienceMissing, "no aud, or one that is no text");
        }

        if (!audiences.Contains(client.ClientId, StringComparer.Ordinal))
        {
            return Invalid(IdTokenFault.WrongAudience, $"aud does not name {client.ClientId}");
        }

        if (audiences.Any(audience => audience != client.ClientId))
        {
            return Invalid(IdTokenFault.UntrustedAudience, "aud names a party this client does not trust");
        }

        return claims.TryGetProperty("azp", out _) && Text(claims, "azp") != client.ClientId
            ? Invalid(IdTokenFault.WrongAuthorizedParty, $"azp is not {client.ClientId}")
            : null;
    }

    private static IdTokenResult.Invalid? CheckSubject(JsonElement claims, IdTokenExpectation expectation)
    {
        if (Text(claims, "sub") is not { Length: > 0 } subject)
        {
            return Invalid(IdTokenFault.SubjectMissing, "no sub");
        }

        if (subject.Length > MaximumSubject || !System.Text.Ascii.IsValid(subject))
        {
            return Invalid(IdTokenFault.SubjectUnfit, "sub is longer than 255 characters or not ASCII");
        }

        return expectation.Subject is { } expected && !string.Equals(subject, expected, StringComparison.Ordinal)
            ? Invalid(IdTokenFault.WrongSubject, "sub is not the user who was asked")
            : null;
    }

    private IdTokenResult.Invalid? CheckTimes(JsonElement claims, IdTokenExpectation expectation)
    {
        var now = time.GetUtcNow();
        if (NumericDate(claims, "exp") is not { } expiry)
        {
            return Invalid(IdTokenFault.ExpiryMissing, "no exp, or no number");
        }

        if (expiry <= now - client.ClockSkew)
        {
            return Invalid(IdTokenFault.Expired, "exp is past");
        }

        if (claims.TryGetProperty("nbf", out _) && !(NumericDate(claims, "nbf") <= now + client.ClockSkew))
        {
            return Invalid(IdTokenFault.NotYetValid, "nbf is in the future, or no number");
        }

        if (NumericDate(claims, "iat") is not { } issuedAt)
        {
            return Invalid(IdTokenFault.IssuedAtMissing, "no iat, or no number");
        }

        if (issuedAt > now + client.ClockSkew)
        {
            return Invalid(IdTokenFault.IssuedInFuture, "iat is in the future: compare the OP's clock with this machine's");
        }

        // Most OPs write whole seconds.
        return issuedAt < expectation.RequestedAt.AddTicks(-(expectation.RequestedAt.Ticks % TimeSpan.TicksPerSecond)) - client.ClockSkew
            ? Invalid(IdTokenFault.IssuedBeforeRequest, "iat lies before the authentication request")
            : null;
    }

    private static IdTokenResult.Invalid? CheckAcr(JsonElement claims, IdTokenExpectation expectation)
    {
        if (expectation.AcrValues.Count == 0)
        {
            return null;
        }

        return Text(claims, "acr") switch
        {
            null => Invalid(IdTokenFault.AcrMissing, "AcrValues were asked for, and the token has no acr"),
            var acr when !expectation.AcrValues.Contains(acr, StringComparer.Ordinal) => Invalid(IdTokenFault.WrongAcr, "acr is none of the AcrValues asked for"),
            _ => null,
        };
    }

    // Optional in poll mode, but a wrong one is proof of a mix-up (CIBA Core §10.3.1).
    private static IdTokenResult.Invalid? CheckHashes(JsonElement claims, TokenSet tokens, IdTokenExpectation expectation, string algorithm)
    {
        if (claims.TryGetProperty("at_hash", out _) && !HashFits(claims, "at_hash", tokens.AccessToken, algorithm))
        {
            return Invalid(IdTokenFault.WrongAccessTokenHash, "at_hash does not belong to the access token");
        }

        const string RefreshTokenHash = "urn:openid:params:jwt:claim:rt_hash";
        if (claims.TryGetProperty(RefreshTokenHash, out _) && !HashFits(claims, RefreshTokenHash, tokens.RefreshToken, algorithm))
        {
            return Invalid(IdTokenFault.WrongRefreshTokenHash, "rt_hash does not belong to the refresh token");
        }

        const string AuthReqId = "urn:openid:params:jwt:claim:auth_req_id";
        return claims.TryGetProperty(AuthReqId, out _) && Text(claims, AuthReqId) != expectation.AuthReqId
            ? Invalid(IdTokenFault.WrongAuthReqId, "the token names another auth_req_id")
            : null;
    }

    private static bool HashFits(JsonElement claims, string claim, string? token, string algorithm) =>
        token is not null && Text(claims, claim) is { } hash && TokenHash.Matches(hash, token, algorithm);

    private static List<string>? Audiences(JsonElement claims)
    {
        if (!claims.TryGetProperty("aud", out var audience))
        {
            return null;
        }

        var values = audience.ValueKind == JsonValueKind.Array ? [.. audience.EnumerateArray()] : new List<JsonElement> { audience };
        var texts = values.ConvertAll(Text);
        return texts.Contains(null) ? null : [.. texts.OfType<string>()];
    }

    private static DateTimeOffset? NumericDate(JsonElement claims, string name)
    {
        const double Latest = 253_402_300_799; // the end of the year 9999
        return claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var seconds) && seconds is >= 0 and <= Latest
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate is JSON, but no text.
            return null;
        }
    }

    private static IdTokenResult.Invalid Invalid(IdTokenFault fault, string detail) => new(fault, detail);
}
