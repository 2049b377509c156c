using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client;

/// <summary>
/// A key that access tokens are bound to: whoever uses such a token must prove to have the key (RFC 9449). One key for all polls of a login;
/// a token lives no longer than the program holds its key.
/// </summary>
public sealed class DPoPKey
{
    private const string Type = "dpop+jwt";

    private readonly SigningCredentials _key;
    private readonly TimeProvider _time;
    private readonly JsonObject _public;

    /// <summary>Takes a key that there is already, for example from <see cref="PrivateKeyFile.Load"/>.</summary>
    /// <param name="key">The private key with its algorithm.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <exception cref="ArgumentException">The algorithm is not an asymmetric one of RFC 7518.</exception>
    public DPoPKey(SigningCredentials key, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!AsymmetricAlgorithms.Contains(key.Algorithm))
        {
            throw new ArgumentException($"A proof is signed with a private key: {AsymmetricAlgorithms.All}; not with {key.Algorithm} (RFC 9449 §4.2).", nameof(key));
        }

        _key = key;
        _time = time ?? TimeProvider.System;
        _public = PublicJwk.Of(key.Key);
        Thumbprint = PublicJwk.Thumbprint(key.Key);
    }

    /// <summary>The algorithm of the proofs.</summary>
    public string Algorithm => _key.Algorithm;

    /// <summary>The key's thumbprint, which a bound token carries as <c>cnf.jkt</c> (RFC 9449 §6.1).</summary>
    public string Thumbprint { get; }

    /// <summary>Makes a fresh key for <c>ES256</c>.</summary>
    /// <param name="time">The clock; the system's by default.</param>
    /// <returns>The key, in memory alone.</returns>
    public static DPoPKey Create(TimeProvider? time = null) =>
        new(new SigningCredentials(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)), SecurityAlgorithms.EcdsaSha256), time);

    /// <summary>
    /// Makes the proof for one call of an API: send it in the header <c>DPoP</c>, beside <c>Authorization: DPoP</c> and the token (RFC 9449 §7.1).
    /// </summary>
    /// <param name="method">The method of the call.</param>
    /// <param name="address">The address called; its query does not count.</param>
    /// <param name="accessToken">The access token sent along.</param>
    /// <param name="nonce">What the API asked for in its last <c>DPoP-Nonce</c> header, if it did.</param>
    /// <returns>The proof, good for this call alone.</returns>
    public string CreateProof(HttpMethod method, Uri address, string accessToken, string? nonce = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(address);
        ArgumentException.ThrowIfNullOrEmpty(accessToken);
        if (!address.IsAbsoluteUri)
        {
            throw new ArgumentException("The address must be absolute.", nameof(address));
        }

        return Sign(method, address, nonce, Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken))));
    }

    /// <summary>Makes the proof for a token request, which carries no token yet (RFC 9449 §5).</summary>
    internal string CreateProof(Uri tokenEndpoint, string? nonce) => Sign(HttpMethod.Post, tokenEndpoint, nonce, accessTokenHash: null);

    private string Sign(HttpMethod method, Uri address, string? nonce, string? accessTokenHash)
    {
        var claims = new JsonObject
        {
            ["jti"] = SignedJwt.NewId(),
            ["htm"] = method.Method,
            // Without query and fragment (RFC 9449 §4.2).
            ["htu"] = $"{address.Scheme}://{address.Authority}{address.AbsolutePath}",
            ["iat"] = _time.GetUtcNow().ToUnixTimeSeconds(),
        };
        if (accessTokenHash is not null)
        {
            claims["ath"] = accessTokenHash;
        }

        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        return SignedJwt.Create(Type, claims, _key, _public);
    }
}
