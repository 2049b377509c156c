using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client;

/// <summary>Verifies the signature with the OP's keys alone; keys named inside the token (<c>jku</c>, <c>x5u</c>, <c>jwk</c>) are never looked at.</summary>
internal static class IdTokenSignature
{
    public static IdTokenFault? Verify(CompactJwt token, string algorithm, string? keyId, IReadOnlyList<SecurityKey> keys, string? secret)
    {
        var fitting = algorithm.StartsWith("HS", StringComparison.Ordinal)
            ? Secret(secret)
            : keys.Where(key => (keyId is null || key.KeyId == keyId) && key.IsSupportedAlgorithm(algorithm));
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

    private static IEnumerable<SecurityKey> Secret(string? secret) =>
        secret is null ? [] : [new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret))];

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
