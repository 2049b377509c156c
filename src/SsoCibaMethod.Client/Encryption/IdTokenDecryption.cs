using System.Collections.Frozen;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client;

/// <summary>
/// How the OP encrypts ID tokens for this client, as registered (<c>id_token_encrypted_response_alg</c>, <c>id_token_encrypted_response_enc</c>;
/// OpenID Connect Registration §2). Once agreed, an ID token that is not encrypted is refused. <c>RSA1_5</c> is never accepted.
/// </summary>
public sealed class IdTokenDecryption
{
    private static readonly FrozenSet<string> KnownAlgorithms =
        new[] { "RSA-OAEP", "RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> KnownContentEncryption =
        new[] { "A128CBC-HS256", "A256CBC-HS512", "A128GCM", "A256GCM" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// The private keys, RSA of 2048 bits at least or of an elliptic curve (P-256, P-384, P-521): the present one and, during a roll-over, the one before.
    /// Where a token names a key by its <c>kid</c>, only keys of that id, or of none, are tried. <see cref="DecryptionKeyFile"/> reads one from a file.
    /// </summary>
    /// <exception cref="ArgumentException">There is no key, or one of another kind.</exception>
    public required IReadOnlyList<SecurityKey> Keys
    {
        get;
        init => field = value is { Count: > 0 } && value.All(IsFit)
            ? [.. value]
            : throw new ArgumentException("Give at least one private key, each of RSA with 2048 bits or more, or of the curve P-256, P-384 or P-521.", nameof(value));
    }

    /// <summary>The key management algorithms a token may use (<c>alg</c>): all that are known here by default. Better name the one that is registered.</summary>
    /// <exception cref="ArgumentException">One is not known here.</exception>
    public IReadOnlyList<string> Algorithms
    {
        get;
        init => field = Known(value, KnownAlgorithms, nameof(Algorithms));
    } = [.. KnownAlgorithms];

    /// <summary>The content encryption algorithms a token may use (<c>enc</c>): all that are known here by default. <c>A128CBC-HS256</c> is what OPs use where nothing is registered.</summary>
    /// <exception cref="ArgumentException">One is not known here.</exception>
    public IReadOnlyList<string> ContentEncryption
    {
        get;
        init => field = Known(value, KnownContentEncryption, nameof(ContentEncryption));
    } = [.. KnownContentEncryption];

    private static bool IsFit(SecurityKey key) => key is
        RsaSecurityKey { KeySize: >= 2048, PrivateKeyStatus: not PrivateKeyStatus.DoesNotExist }
        or ECDsaSecurityKey { KeySize: 256 or 384 or 521, PrivateKeyStatus: not PrivateKeyStatus.DoesNotExist };

    private static string[] Known(IReadOnlyList<string> values, FrozenSet<string> known, string setting)
    {
        var unknown = values.FirstOrDefault(value => !known.Contains(value));
        return values.Count > 0 && unknown is null
            ? [.. values]
            : throw new ArgumentException($"{setting} is a list of {string.Join(", ", known.Order(StringComparer.Ordinal))}; {unknown ?? "an empty list"} is not.", setting);
    }
}
