using System.Text.Json;
using System.Text.Json.Nodes;
using static SsoCibaMethod.Client.ClaimValue;

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
        if (Open(tokens.IdToken, out var fault) is not { } signed)
        {
            return fault!;
        }

        using var token = CompactJwt.TryParse(signed);
        if (token is null)
        {
            return Invalid(IdTokenFault.Malformed, "not a compact JWS");
        }

        return CheckHeader(token, provider, out var algorithm)
            ?? CheckParties(token.Payload, provider)
            ?? CheckSubject(token.Payload, expectation)
            ?? CheckTimes(token.Payload, expectation)
            ?? CheckAcr(token.Payload, expectation)
            ?? CheckAuthTime(token.Payload, expectation)
            ?? IdTokenBinding.Check(token.Payload, tokens, expectation, algorithm)
            ?? (IdTokenResult)new IdTokenResult.Valid(Text(token.Payload, "iss")!, Text(token.Payload, "sub")!)
            {
                Claims = JsonObject.Create(token.Payload.Clone())!,
                SignedToken = signed,
            };
    }

    // What was agreed holds both ways (OpenID Connect Core §3.1.3.7, 1.): neither side can take the encryption away, or put it on.
    private string? Open(string idToken, out IdTokenResult.Invalid? fault)
    {
        fault = (CompactJwe.IsOne(idToken), client.IdTokenDecryption) switch
        {
            (true, null) => Invalid(IdTokenFault.Encrypted, "the token is encrypted, and no encryption is agreed (IdTokenDecryption)"),
            (false, not null) => Invalid(IdTokenFault.NotEncrypted, "the token is not encrypted, and encryption is agreed (IdTokenDecryption)"),
            _ => null,
        };
        if (fault is not null)
        {
            return null;
        }

        return client.IdTokenDecryption is { } decryption ? IdTokenDecrypter.Decrypt(idToken, decryption, out fault) : idToken;
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

        if (token.Header.TryGetProperty("kid", out var id) && Text(id) is null)
        {
            return Invalid(IdTokenFault.Malformed, "the kid header is no text");
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
            null => Invalid(IdTokenFault.AcrMissing, "an acr must be there (AcrValues, AcceptedAcrValues), and the token has none"),
            var acr when !expectation.AcrValues.Contains(acr, StringComparer.Ordinal) => Invalid(IdTokenFault.WrongAcr, "acr is none of the AcrValues asked for, or of those accepted in their place (AcceptedAcrValues)"),
            _ => null,
        };
    }

    private IdTokenResult.Invalid? CheckAuthTime(JsonElement claims, IdTokenExpectation expectation)
    {
        if (expectation.MaxAge is not { } maxAge)
        {
            return null;
        }

        if (NumericDate(claims, "auth_time") is not { } authenticatedAt)
        {
            return Invalid(IdTokenFault.AuthTimeMissing, "max_age was asked for, and the token has no auth_time, or no number");
        }

        return authenticatedAt < time.GetUtcNow() - maxAge - client.ClockSkew
            ? Invalid(IdTokenFault.AuthenticatedTooLongAgo, "auth_time is longer ago than the max_age asked for")
            : null;
    }

    private static IdTokenResult.Invalid Invalid(IdTokenFault fault, string detail) => new(fault, detail);
}
