using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Simulator.Clients;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Proofs;

/// <summary>Proofs of possession in the DPoP header (RFC 9449 §4.3), and the nonces of the server (§8).</summary>
internal sealed class DPoPProofs(CibaSimulatorOptions options, TimeProvider time)
{
    public const string Header = "DPoP";
    public const string Invalid = "invalid_dpop_proof";
    public const string NeedsNonce = "use_dpop_nonce";

    private const string NonceHeader = "DPoP-Nonce";
    private const int LeastRsaBits = 2048;

    private static readonly TimeSpan Oldest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan NonceLife = TimeSpan.FromMinutes(5);

    private readonly ReplayGuard _seen = new();
    private readonly byte[] _nonceKey = RandomNumberGenerator.GetBytes(32);

    /// <summary>Gives the client the nonce for its next proof, where nonces are asked for (§8.2).</summary>
    public void OfferNonce(HttpResponse response)
    {
        if (options.DPoPNonceRequired)
        {
            response.Headers[NonceHeader] = Nonce(0);
        }
    }

    /// <summary>Checks the proof of a request.</summary>
    /// <returns>The thumbprint of the key (RFC 7638), or an error of §5 and §8 and its reason.</returns>
    public async Task<(string? Thumbprint, string Error, string Reason)> CheckAsync(HttpRequest request, string? accessToken)
    {
        var proof = request.Headers[Header] is [{ } single] ? StrictJwt.Parse(single) : null;
        var key = proof is null ? null : PublicKeyOf(proof);
        var fault = proof is null ? "There is not exactly one DPoP header with a JWT."
            : proof.IsCritical || proof.Type != "dpop+jwt" ? "The typ of the proof is not dpop+jwt, or it has critical headers."
            : key is null ? "The jwk of the proof is not a public key of at least 2048 bits of RSA, or on a curve."
            : !await proof.IsSignedByAsync([key], ClientAuthenticationMethods.AsymmetricAlgorithms) ? "The signature of the proof is not valid."
            : ClaimsFault(proof, request, accessToken);
        if (fault is not null)
        {
            return (null, Invalid, fault);
        }

        if (options.DPoPNonceRequired && proof!.Text("nonce") is var nonce && nonce != Nonce(0) && nonce != Nonce(-1))
        {
            return (null, NeedsNonce, "The proof needs the nonce of the DPoP-Nonce header.");
        }

        var thumbprint = Base64UrlEncoder.Encode(key!.ComputeJwkThumbprint());
        var now = time.GetUtcNow();
        return _seen.IsFirstUse(thumbprint, proof!.Text("jti")!, now + Oldest + Ahead, now)
            ? (thumbprint, "", "")
            : (null, Invalid, "The jti of the proof has been used before.");
    }

    private string? ClaimsFault(StrictJwt proof, HttpRequest request, string? accessToken)
    {
        var second = time.GetUtcNow().ToUnixTimeSeconds();
        return string.IsNullOrEmpty(proof.Text("jti")) ? "The proof has no jti."
            : proof.Text("htm") != request.Method ? "The htm of the proof is not the method of the request."
            : !IsAddress(proof.Text("htu"), request) ? "The htu of the proof is not the address of the request."
            : proof.Seconds("iat") is not { } iat || iat < second - (long)Oldest.TotalSeconds || iat > second + (long)Ahead.TotalSeconds
                ? "The iat of the proof is more than a minute ago, or in the future."
            : accessToken is not null && proof.Text("ath") != Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)))
                ? "The ath of the proof is not the hash of the access token."
            : null;
    }

    /// <summary>Compared without query and fragment, scheme and host in any case (§4.3).</summary>
    private static bool IsAddress(string? claim, HttpRequest request) =>
        Uri.TryCreate(claim, UriKind.Absolute, out var htu)
        && htu.GetLeftPart(UriPartial.Path) == new Uri(UriHelper.GetEncodedUrl(request)).GetLeftPart(UriPartial.Path);

    private static JsonWebKey? PublicKeyOf(StrictJwt proof)
    {
        if (proof.Header("jwk") is not { ValueKind: JsonValueKind.Object } jwk || jwk.TryGetProperty("d", out _) || jwk.TryGetProperty("k", out _))
        {
            return null;
        }

        try
        {
            var key = new JsonWebKey(jwk.GetRawText());
            key.KeyId = null;
            return key.Kty == "EC" || (key.Kty == "RSA" && key.KeySize >= LeastRsaBits) ? key : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private string Nonce(int window)
    {
        var number = (time.GetUtcNow().UtcTicks / NonceLife.Ticks) + window;
        return Base64UrlEncoder.Encode(HMACSHA256.HashData(_nonceKey, BitConverter.GetBytes(number)));
    }
}
