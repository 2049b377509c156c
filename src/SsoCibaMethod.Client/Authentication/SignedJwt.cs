using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client;

/// <summary>Signs claims that are written as they are: nothing is added, nothing changes its type.</summary>
internal static class SignedJwt
{
    // That of an RSA key of 16,384 bits.
    private const int LongestSignature = 2048;

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };
    private static readonly string ThisProcess = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static long _ids;

    public static string Create(string type, JsonObject claims, SigningCredentials key, JsonObject? publicKey = null)
    {
        var header = new Dictionary<string, object>(StringComparer.Ordinal) { [JwtHeaderParameterNames.Typ] = type };
        if (publicKey is not null)
        {
            header["jwk"] = JsonElement.Parse(publicKey.ToJsonString());
        }

        return Handler.CreateToken(claims.ToJsonString(), key, header);
    }

    /// <summary>The header that such a JWT has, encoded, for those who make many with one key.</summary>
    public static string Header(string type, SigningCredentials key) => Create(type, new JsonObject(), key).Split('.')[0];

    /// <summary>Signs claims that are JSON already, behind a header that was made before: less work, where each poll carries one.</summary>
    /// <param name="header">The <see cref="Header"/>.</param>
    /// <param name="claims">The claims, as JSON.</param>
    /// <param name="key">The key that the header names.</param>
    public static string Sign(string header, ReadOnlySpan<byte> claims, SigningCredentials key)
    {
        var token = ArrayPool<byte>.Shared.Rent(header.Length + Base64Url.GetEncodedLength(claims.Length) + Base64Url.GetEncodedLength(LongestSignature) + 2);
        var provider = key.Key.CryptoProviderFactory.CreateForSigning(key.Key, key.Algorithm);
        try
        {
            var length = Encoding.ASCII.GetBytes(header, token);
            token[length++] = (byte)'.';
            length += Base64Url.EncodeToUtf8(claims, token.AsSpan(length));
            Span<byte> signature = stackalloc byte[LongestSignature];
            if (!provider.Sign(token.AsSpan(0, length), signature, out var signed))
            {
                throw new CryptographicException($"A signature with {key.Algorithm} is longer than {LongestSignature} bytes.");
            }

            token[length++] = (byte)'.';
            length += Base64Url.EncodeToUtf8(signature[..signed], token.AsSpan(length));
            return Encoding.ASCII.GetString(token, 0, length);
        }
        finally
        {
            key.Key.CryptoProviderFactory.ReleaseSignatureProvider(provider);
            ArrayPool<byte>.Shared.Return(token);
        }
    }

    /// <summary>A <c>jti</c> never used before: 128 random bits of this process, and a number.</summary>
    public static string NewId() => string.Create(CultureInfo.InvariantCulture, $"{ThisProcess}{Interlocked.Increment(ref _ids):x}");
}
