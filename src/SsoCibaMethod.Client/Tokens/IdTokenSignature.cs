using System.Globalization;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client;

/// <summary>Verifies the signature with the OP's keys alone; keys named inside the token (<c>jku</c>, <c>x5u</c>, <c>jwk</c>) are never looked at.</summary>
internal static class IdTokenSignature
{
    public static IdTokenFault? Verify(CompactJwt token, string algorithm, string? keyId, IReadOnlyList<SecurityKey> keys, string? secret)
    {
        var fitting = IsSymmetric(algorithm)
            ? Secret(secret, algorithm)
            : keys.Where(key => (keyId is null || key.KeyId == keyId) && IsFor(key, algorithm));
        var fault = IdTokenFault.UnknownKey;
        foreach (var key in fitting)
        {
            if (IsSignedWith(token, key, algorithm))
            {
                return null;
            }

            fault = IdTokenFault.WrongSignature;
        }

        return fault;
    }

    /// <summary>Whether the algorithm is verified with the client secret, and not with a key of the OP.</summary>
    public static bool IsSymmetric(string algorithm) => algorithm.StartsWith("HS", StringComparison.Ordinal);

    // A secret shorter than the hash verifies nothing (RFC 7518 §3.2).
    private static IEnumerable<SecurityKey> Secret(string? secret, string algorithm) =>
        secret is not null && Encoding.UTF8.GetBytes(secret) is var bytes && bytes.Length * 8 >= int.Parse(algorithm.AsSpan(2), CultureInfo.InvariantCulture)
            ? [new SymmetricSecurityKey(bytes)]
            : [];

    // Each ES algorithm belongs to one curve (RFC 7518 §3.4); the library would take any of them for any.
    private static bool IsFor(SecurityKey key, string algorithm) => key.IsSupportedAlgorithm(algorithm)
        && (key is not ECDsaSecurityKey || (algorithm, key.KeySize) is ("ES256", 256) or ("ES384", 384) or ("ES512", 521));

    private static bool IsSignedWith(CompactJwt token, SecurityKey key, string algorithm)
    {
        var verifier = key.CryptoProviderFactory.CreateForVerifying(key, algorithm);
        try
        {
            return verifier.Verify(token.Signed, token.Signature);
        }
        catch (Exception exception) when (exception is System.Security.Cryptography.CryptographicException or ArgumentException)
        {
            // A signature of impossible form.
            return false;
        }
        finally
        {
            key.CryptoProviderFactory.ReleaseSignatureProvider(verifier);
        }
    }
}
