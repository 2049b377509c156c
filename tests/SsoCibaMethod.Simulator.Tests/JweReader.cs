using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Tests;

/// <summary>The client's side of an encrypted ID token, written from RFC 7516 and RFC 7518 once more: the library reads only some of the combinations.</summary>
internal static class JweReader
{
    public static string Read(string jwe, RSA rsa, ECDiffieHellman ec)
    {
        var parts = jwe.Split('.');
        var header = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(parts[0])).RootElement;
        var (algorithm, encryption) = (header.GetProperty("alg").GetString()!, header.GetProperty("enc").GetString()!);
        var wrapped = Base64UrlEncoder.DecodeBytes(parts[1]);
        var key = algorithm switch
        {
            "RSA-OAEP" => rsa.Decrypt(wrapped, RSAEncryptionPadding.OaepSHA1),
            "RSA-OAEP-256" => rsa.Decrypt(wrapped, RSAEncryptionPadding.OaepSHA256),
            "ECDH-ES" => Agree(ec, header, encryption, encryption switch { "A128GCM" => 128, "A256CBC-HS512" => 512, _ => 256 }),
            "ECDH-ES+A128KW" => Unwrap(Agree(ec, header, algorithm, 128), wrapped),
            _ => Unwrap(Agree(ec, header, algorithm, 256), wrapped),
        };
        return Encoding.UTF8.GetString(Decrypt(
            encryption, key, Encoding.ASCII.GetBytes(parts[0]), [.. parts[2..].Select(Base64UrlEncoder.DecodeBytes)]));
    }

    private static byte[] Agree(ECDiffieHellman ours, JsonElement header, string algorithm, int bits)
    {
        var epk = header.GetProperty("epk");
        using var theirs = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new() { X = Base64UrlEncoder.DecodeBytes(epk.GetProperty("x").GetString()), Y = Base64UrlEncoder.DecodeBytes(epk.GetProperty("y").GetString()) },
        });
        var secret = ours.DeriveRawSecretAgreement(theirs.PublicKey);
        using var info = new MemoryStream();
        foreach (var word in new[] { Encoding.ASCII.GetBytes(algorithm), [], [] })
        {
            info.Write(BigEndian(word.Length));
            info.Write(word);
        }

        info.Write(BigEndian(bits));
        var rounds = Enumerable.Range(1, 2).SelectMany(round => SHA256.HashData([.. BigEndian(round), .. secret, .. info.ToArray()]));
        return [.. rounds.Take(bits / 8)];
    }

    /// <summary>RFC 3394 §2.2.2.</summary>
    private static byte[] Unwrap(byte[] wrappingKey, byte[] wrapped)
    {
        using var aes = Aes.Create();
        aes.Key = wrappingKey;
        var blocks = (wrapped.Length / 8) - 1;
        for (var step = 6 * blocks; step > 0; step--)
        {
            var at = 8 * (((step - 1) % blocks) + 1);
            BinaryPrimitives.WriteUInt64BigEndian(wrapped, BinaryPrimitives.ReadUInt64BigEndian(wrapped) ^ (ulong)step);
            var block = aes.DecryptEcb([.. wrapped[..8], .. wrapped[at..(at + 8)]], PaddingMode.None);
            block.AsSpan(0, 8).CopyTo(wrapped);
            block.AsSpan(8).CopyTo(wrapped.AsSpan(at));
        }

        Assert.Equal(0xA6A6A6A6A6A6A6A6, BinaryPrimitives.ReadUInt64BigEndian(wrapped));
        return wrapped[8..];
    }

    private static byte[] Decrypt(string encryption, byte[] key, byte[] header, byte[][] parts)
    {
        var (iv, ciphertext, tag) = (parts[0], parts[1], parts[2]);
        if (encryption.EndsWith("GCM", StringComparison.Ordinal))
        {
            var text = new byte[ciphertext.Length];
            using var gcm = new AesGcm(key, 16);
            gcm.Decrypt(iv, ciphertext, tag, text, header);
            return text;
        }

        var half = key.Length / 2;
        var length = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(length, header.Length * 8L);
        byte[] signed = [.. header, .. iv, .. ciphertext, .. length];
        Assert.Equal(tag, (half == 16 ? HMACSHA256.HashData(key[..half], signed) : HMACSHA512.HashData(key[..half], signed))[..half]);
        using var aes = Aes.Create();
        aes.Key = key[half..];
        return aes.DecryptCbc(ciphertext, iv);
    }

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
