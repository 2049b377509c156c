using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Tokens;

/// <summary>Encrypts a JWT to a client's public key (RFC 7516 §3.1, compact).</summary>
internal static class Jwe
{
    public static readonly IReadOnlyList<string> Algorithms = ["RSA-OAEP", "RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW"];
    public static readonly IReadOnlyList<string> Encryptions = ["A128CBC-HS256", "A256CBC-HS512", "A128GCM", "A256GCM"];

    public static bool Fits(JsonWebKey key, string algorithm) => key.Kty == (algorithm.StartsWith("RSA", StringComparison.Ordinal) ? "RSA" : "EC");

    public static string Encrypt(string jwt, JsonWebKey recipient, string algorithm, string encryption)
    {
        var header = new JsonObject { ["alg"] = algorithm, ["enc"] = encryption, ["cty"] = "JWT" };
        if (!string.IsNullOrEmpty(recipient.Kid))
        {
            header["kid"] = recipient.Kid;
        }

        var length = KeyBytes(encryption);
        var (key, encryptedKey) = algorithm.StartsWith("RSA", StringComparison.Ordinal)
            ? Transported(recipient, algorithm, length)
            : Agreed(recipient, algorithm, encryption, length, header);
        var encodedHeader = Base64UrlEncoder.Encode(header.ToJsonString());
        var (iv, ciphertext, tag) = Content(Encoding.UTF8.GetBytes(jwt), Encoding.ASCII.GetBytes(encodedHeader), key, encryption);
        return string.Join('.', [encodedHeader, .. new[] { encryptedKey, iv, ciphertext, tag }.Select(part => Base64UrlEncoder.Encode(part))]);
    }

    /// <summary>A random key, encrypted to the recipient (RFC 7518 §4.3).</summary>
    private static (byte[] Key, byte[] Encrypted) Transported(JsonWebKey recipient, string algorithm, int length)
    {
        using var rsa = RSA.Create(new RSAParameters { Modulus = Base64UrlEncoder.DecodeBytes(recipient.N), Exponent = Base64UrlEncoder.DecodeBytes(recipient.E) });
        var key = RandomNumberGenerator.GetBytes(length);
        return (key, rsa.Encrypt(key, algorithm == "RSA-OAEP" ? RSAEncryptionPadding.OaepSHA1 : RSAEncryptionPadding.OaepSHA256));
    }

    /// <summary>A key agreed with a one-time key of ours: used as it is, or to wrap a random one (RFC 7518 §4.6).</summary>
    private static (byte[] Key, byte[] Encrypted) Agreed(JsonWebKey recipient, string algorithm, string encryption, int length, JsonObject header)
    {
        var curve = recipient.Crv switch
        {
            "P-384" => ECCurve.NamedCurves.nistP384,
            "P-521" => ECCurve.NamedCurves.nistP521,
            _ => ECCurve.NamedCurves.nistP256,
        };
        using var theirs = ECDiffieHellman.Create(new ECParameters
        {
            Curve = curve,
            Q = new ECPoint { X = Base64UrlEncoder.DecodeBytes(recipient.X), Y = Base64UrlEncoder.DecodeBytes(recipient.Y) },
        });
        using var ours = ECDiffieHellman.Create(curve);
        var point = ours.ExportParameters(includePrivateParameters: false).Q;
        header["epk"] = new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = recipient.Crv,
            ["x"] = Base64UrlEncoder.Encode(point.X),
            ["y"] = Base64UrlEncoder.Encode(point.Y),
        };
        var secret = ours.DeriveRawSecretAgreement(theirs.PublicKey);
        if (algorithm == "ECDH-ES")
        {
            return (Derive(secret, encryption, length), []);
        }

        var wrapping = algorithm[^6..];
        var wrappingKey = new SymmetricSecurityKey(Derive(secret, algorithm, wrapping == "A128KW" ? 16 : 32));
        var provider = wrappingKey.CryptoProviderFactory.CreateKeyWrapProvider(wrappingKey, wrapping);
        var key = RandomNumberGenerator.GetBytes(length);
        var wrapped = provider.WrapKey(key);
        wrappingKey.CryptoProviderFactory.ReleaseKeyWrapProvider(provider);
        return (key, wrapped);
    }

    /// <summary>The Concat KDF as RFC 7518 §4.6.2 fills it in, with no word of either party.</summary>
    private static byte[] Derive(byte[] secret, string algorithm, int length)
    {
        var id = Encoding.ASCII.GetBytes(algorithm);
        byte[] info = [.. Number(id.Length), .. id, .. Number(0), .. Number(0), .. Number(length * 8)];
        var derived = new List<byte>();
        for (var round = 1; derived.Count < length; round++)
        {
            derived.AddRange(SHA256.HashData([.. Number(round), .. secret, .. info]));
        }

        return [.. derived.Take(length)];
    }

    private static (byte[] Iv, byte[] Ciphertext, byte[] Tag) Content(byte[] text, byte[] header, byte[] key, string encryption)
    {
        if (encryption.EndsWith("GCM", StringComparison.Ordinal))
        {
            var (nonce, sealedText, seal) = (RandomNumberGenerator.GetBytes(12), new byte[text.Length], new byte[16]);
            using var gcm = new AesGcm(key, seal.Length);
            gcm.Encrypt(nonce, text, sealedText, seal, header);
            return (nonce, sealedText, seal);
        }

        // The first half of the key signs, the second encrypts (RFC 7518 §5.2.2.1).
        var half = key.Length / 2;
        using var aes = Aes.Create();
        aes.Key = key[half..];
        var ciphertext = aes.EncryptCbc(text, aes.IV);
        byte[] signed = [.. header, .. aes.IV, .. ciphertext, .. BitConverter.GetBytes((long)header.Length * 8).Reverse()];
        var mac = half == 16 ? HMACSHA256.HashData(key[..half], signed) : HMACSHA512.HashData(key[..half], signed);
        return (aes.IV, ciphertext, mac[..half]);
    }

    private static int KeyBytes(string encryption) => encryption switch
    {
        "A128GCM" => 16,
        "A256CBC-HS512" => 64,
        _ => 32,
    };

    private static byte[] Number(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
