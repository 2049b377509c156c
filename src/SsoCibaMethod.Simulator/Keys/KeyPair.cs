using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Keys;

/// <summary>One generation of keys: an RSA key and one on P-256, made when first needed, named by their thumbprints (RFC 7638).</summary>
internal sealed class KeyPair
{
    private readonly Lazy<RsaSecurityKey> _rsa = new(() => Named(new RsaSecurityKey(RSA.Create(2048))));
    private readonly Lazy<ECDsaSecurityKey> _ec = new(() => Named(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256))));

    public RsaSecurityKey Rsa => _rsa.Value;

    public ECDsaSecurityKey Ec => _ec.Value;

    /// <summary>The public halves, written member by member: what is not named here cannot leak.</summary>
    public IEnumerable<JsonObject> ToJwks()
    {
        var rsa = Rsa.Rsa.ExportParameters(includePrivateParameters: false);
        var ec = Ec.ECDsa.ExportParameters(includePrivateParameters: false);
        yield return new()
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = Rsa.KeyId,
            ["n"] = Base64UrlEncoder.Encode(rsa.Modulus),
            ["e"] = Base64UrlEncoder.Encode(rsa.Exponent),
        };
        yield return new()
        {
            ["kty"] = "EC",
            ["use"] = "sig",
            ["kid"] = Ec.KeyId,
            ["crv"] = "P-256",
            ["x"] = Base64UrlEncoder.Encode(ec.Q.X),
            ["y"] = Base64UrlEncoder.Encode(ec.Q.Y),
        };
    }

    private static TKey Named<TKey>(TKey key)
        where TKey : SecurityKey
    {
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return key;
    }
}
