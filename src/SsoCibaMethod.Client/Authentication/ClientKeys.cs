using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client;

/// <summary>The client's own public keys, for the OP to fetch (<c>jwks_uri</c>) or to be registered with (RFC 7591 §2, RFC 7517).</summary>
public static class ClientKeys
{
    /// <summary>Writes the key set: public members alone, each key once, in the order given. While keys are changed give the old one too, until nothing signed with it is under way.</summary>
    /// <param name="signing">The keys of client assertions, signed requests and proofs.</param>
    /// <param name="certificates">Certificates for <c>self_signed_tls_client_auth</c>, written as <c>x5c</c> (RFC 8705 §2.2.2).</param>
    /// <param name="decryption">The keys that ID tokens are encrypted to.</param>
    /// <returns>The JSON of the set. A key without an id gets <see cref="Thumbprint"/> as its id.</returns>
    /// <exception cref="ArgumentException">A key is no public key that RFC 7518 knows, or two different keys have one id.</exception>
    public static string WritePublicJwks(
        IEnumerable<SigningCredentials>? signing = null, IEnumerable<X509Certificate2>? certificates = null, IEnumerable<SecurityKey>? decryption = null)
    {
        var keys = new List<JsonObject>();
        foreach (var one in signing ?? [])
        {
            Add(keys, Jwk(one.Key, "sig", one.Algorithm));
        }

        foreach (var one in certificates ?? [])
        {
            // Its key's thumbprint, not the certificate's: a certificate renewed with the same key keeps its id.
            var key = new X509SecurityKey(one);
            var jwk = Jwk(key, "sig", algorithm: null, PublicJwk.Thumbprint(key));
            jwk["x5c"] = new JsonArray(Convert.ToBase64String(one.RawData));
            Add(keys, jwk);
        }

        foreach (var one in decryption ?? [])
        {
            Add(keys, Jwk(one, "enc", algorithm: null));
        }

        return new JsonObject { ["keys"] = new JsonArray([.. keys]) }.ToJsonString();
    }

    /// <summary>The SHA-256 thumbprint of a key (RFC 7638): a good id for one that has none, the same wherever the key goes.</summary>
    /// <param name="key">A private or public key of RSA or an elliptic curve.</param>
    /// <returns>43 characters.</returns>
    /// <exception cref="ArgumentException">The key is of another kind.</exception>
    public static string Thumbprint(SecurityKey key) => PublicJwk.Thumbprint(key);

    private static JsonObject Jwk(SecurityKey key, string use, string? algorithm, string? id = null)
    {
        var jwk = PublicJwk.Of(key);
        jwk["kid"] = id ?? (string.IsNullOrEmpty(key.KeyId) ? PublicJwk.Thumbprint(key) : key.KeyId);
        jwk["use"] = use;
        if (algorithm is not null)
        {
            jwk["alg"] = algorithm;
        }

        return jwk;
    }

    private static void Add(List<JsonObject> keys, JsonObject jwk)
    {
        if (keys.Find(one => JsonNode.DeepEquals(one["kid"], jwk["kid"])) is not { } same)
        {
            keys.Add(jwk);
            return;
        }

        if (!PublicJwk.IsSameKey(same, jwk))
        {
            throw new ArgumentException($"Two different keys have the id {jwk["kid"]}; an OP could not tell them apart.", nameof(jwk));
        }

        // One key for two purposes or algorithms: the set then says neither.
        Merge(same, jwk, "use");
        Merge(same, jwk, "alg");
        if (jwk["x5c"] is { } certificate)
        {
            same["x5c"] = certificate.DeepClone();
        }
    }

    private static void Merge(JsonObject same, JsonObject jwk, string member)
    {
        if (!JsonNode.DeepEquals(same[member], jwk[member]))
        {
            same.Remove(member);
        }
    }
}
