using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>How the OP is started.</summary>
/// <param name="ExpiresIn">The longest life of a request, in seconds.</param>
/// <param name="ForgetExpired">An expired request is answered <c>invalid_grant</c>, as by an OP whose store forgets, not <c>expired_token</c>.</param>
public sealed record RealOpSettings(int ExpiresIn = 600, bool ForgetExpired = false)
{
    /// <summary>What every acknowledgement gives as the interval, in seconds; null gives none.</summary>
    public int? Interval { get; init; }

    /// <summary>Claims asked for by a scope are at the userinfo endpoint alone, not in the ID token (OpenID Connect Core §5.4).</summary>
    public bool ConformIdTokenClaims { get; init; }

    /// <summary>A DPoP proof must hold a nonce of the OP (RFC 9449 §8).</summary>
    public bool RequireDpopNonce { get; init; }

    /// <summary>The public key (JWK, P-256) of whoever issues login hint tokens; without one no such token is taken.</summary>
    public JsonElement? HintKey { get; init; }

    [JsonInclude]
    internal RealOpTls? Tls { get; init; }
}

/// <summary>The certificates of the OP, as PEM.</summary>
internal sealed record RealOpTls(string Authority, string Certificate, string Key)
{
    public static RealOpTls Of(LocalAuthority authority)
    {
        using var key = authority.Server.GetECDsaPrivateKey()!;
        return new(authority.RootPem, authority.Server.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
