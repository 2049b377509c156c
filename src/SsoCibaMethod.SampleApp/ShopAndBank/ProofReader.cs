using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.SampleApp.ShopAndBank;

/// <summary>Reads proofs of possession as an API must (RFC 9449 §4.3).</summary>
internal sealed class ProofReader(TimeProvider time)
{
    private const string KeyHeader = "jwk";

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);
    private static readonly JsonWebTokenHandler Handler = new();

    private readonly ConcurrentDictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);

    /// <summary>The thumbprint of the key that made the proof of this very request (RFC 7638), or <see langword="null"/>.</summary>
    public async Task<string?> KeyOfAsync(StringValues header, string method, string address, string accessToken)
    {
        if (header is not [{ } text] || Read(text) is not { Typ: "dpop+jwt" } proof
            || !proof.TryGetHeaderValue<JsonElement>(KeyHeader, out var jwk)
            || jwk.ValueKind is not JsonValueKind.Object || jwk.TryGetProperty("d", out _))
        {
            return null;
        }

        var key = new JsonWebKey(jwk.GetRawText());
        var result = await Handler.ValidateTokenAsync(proof, new TokenValidationParameters
        {
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256],
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        return result.IsValid && IsFor(proof, method, address, accessToken) && IsNew(proof) ? Base64UrlEncoder.Encode(key.ComputeJwkThumbprint()) : null;
    }

    private static JsonWebToken? Read(string text) => Handler.CanReadToken(text) ? Handler.ReadJsonWebToken(text) : null;

    private static bool IsFor(JsonWebToken proof, string method, string address, string accessToken) =>
        proof.TryGetPayloadValue<string>("htm", out var htm) && htm == method
        && proof.TryGetPayloadValue<string>("htu", out var htu) && htu == address
        && proof.TryGetPayloadValue<string>("ath", out var ath) && ath == Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)));

    private bool IsNew(JsonWebToken proof)
    {
        var now = time.GetUtcNow();
        foreach (var (old, _) in _seen.Where(seen => seen.Value < now - (2 * Skew)))
        {
            _seen.TryRemove(old, out _);
        }

        return proof.TryGetPayloadValue<long>("iat", out var iat)
            && (now - DateTimeOffset.FromUnixTimeSeconds(iat)).Duration() <= Skew
            && !string.IsNullOrEmpty(proof.Id)
            && _seen.TryAdd(proof.Id, now);
    }
}
