using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Client.Tests;

/// <summary>Encrypts as RFC 7516 and RFC 7518 say, with the platform's cryptography alone, for the client's keys of these tests.</summary>
internal sealed class TestJwe
{
    public static readonly RSA Rsa = RSA.Create(2048);
    public static readonly ECDsa P256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    public static readonly ECDsa P384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    public static readonly ECDsa P521 = ECDsa.Create(ECCurve.NamedCurves.nistP521);

    private readonly string _algorithm;
    private readonly string _encryption;

    public TestJwe(string algorithm = "RSA-OAEP-256", string encryption = "A128CBC-HS256")
    {
        (_algorithm, _encryption) = (algorithm, encryption);
        Header = new JsonObject { ["alg"] = algorithm, ["enc"] = encryption, ["cty"] = "JWT" };
    }

    public static IReadOnlyList<string> Algorithms { get; } = ["RSA-OAEP", "RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW"];

    public static IReadOnlyList<string> ContentEncryption { get; } = ["A128CBC-HS256", "A256CBC-HS512", "A128GCM", "A256GCM"];

    public JsonObject Header { get; }

    /// <summary>Whom it is for.</summary>
    public RSA Recipient { get; set; } = Rsa;

    public ECDsa CurveRecipient { get; set; } = P256;

    public TestJwe With(string name, JsonNode? value)
    {
        Header[name] = value;
        return this;
    }

    public string Encrypt(TestToken token) => Encrypt(token.Sign());

    public string Encrypt(string content)
    {
        var (key, encryptedKey) = _algorithm[0] == 'R' ? ForRsa() : ForCurve();
        var header = TestToken.Encode(Encoding.UTF8.GetBytes(Header.ToJsonString()));
        var (iv, ciphertext, tag) = _encryption.EndsWith("GCM", StringComparison.Ordinal)
            ? Gcm(key, Encoding.UTF8.GetBytes(content), Encoding.ASCII.GetBytes(header))
            : Cbc(key, Encoding.UTF8.GetBytes(content), Encoding.ASCII.GetBytes(header));
        return string.Join('.', header, TestToken.Encode(encryptedKey), TestToken.Encode(iv), TestToken.Encode(ciphertext), TestToken.Encode(tag));
    }

    private int KeyLength => _encryption switch { "A128GCM" => 16, "A256CBC-HS512" => 64, _ => 32 };

    private (byte[] Key, byte[] Encrypted) ForRsa()
    {
        var key = RandomNumberGenerator.GetBytes(KeyLength);
        return (key, Recipient.Encrypt(key, _algorithm == "RSA-OAEP" ? RSAEncryptionPadding.OaepSHA1 : RSAEncryptionPadding.OaepSHA256));
    }

    private (byte[] Key, byte[] Encrypted) ForCurve()
    {
        using var recipient = ECDiffieHellman.Create(CurveRecipient.ExportParameters(includePrivateParameters: false));
        using var ephemeral = ECDiffieHellman.Create(recipient.ExportParameters(includePrivateParameters: false).Curve);
        var point = ephemeral.ExportParameters(includePrivateParameters: false).Q;
        _ = Header.TryAdd("epk", new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = $"P-{recipient.KeySize}",
            ["x"] = TestToken.Encode(point.X!),
            ["y"] = TestToken.Encode(point.Y!),
        });
        if (_algorithm == "ECDH-ES")
        {
            return (Derive(ephemeral, recipient, _encryption, KeyLength), []);
        }

        var key = RandomNumberGenerator.GetBytes(KeyLength);
        return (key, Wrap(Derive(ephemeral, recipient, _algorithm, _algorithm.EndsWith("A128KW", StringComparison.Ordinal) ? 16 : 32), key));
    }

    // NIST SP 800-56A, the Concat KDF with SHA-256.
    private byte[] Derive(ECDiffieHellman ours, ECDiffieHellman theirs, string purpose, int length)
    {
        var secret = ours.DeriveRawSecretAgreement(theirs.PublicKey);
        var info = Sized(Encoding.ASCII.GetBytes(purpose)).Concat(Sized(Party("apu"))).Concat(Sized(Party("apv"))).Concat(Number(length * 8)).ToArray();
        return [.. Enumerable.Range(1, 2).SelectMany(round => SHA256.HashData([.. Number(round), .. secret, .. info])).Take(length)];
    }

    private byte[] Party(string name) => (string?)Header[name] is { } text ? System.Buffers.Text.Base64Url.DecodeFromChars(text) : [];

    private static byte[] Sized(byte[] value) => [.. Number(value.Length), .. value];

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    // RFC 3394 §2.2.1.
    private static byte[] Wrap(byte[] wrapping, byte[] key)
    {
        using var aes = Aes.Create();
        aes.Key = wrapping;
        byte[] a = [.. Enumerable.Repeat((byte)0xA6, 8)];
        var blocks = key.Chunk(8).ToArray();
        for (var step = 0; step < 6 * blocks.Length; step++)
        {
            var b = aes.EncryptEcb([.. a, .. blocks[step % blocks.Length]], PaddingMode.None);
            a = b[..8];
            a[7] ^= (byte)(step + 1);
            blocks[step % blocks.Length] = b[8..];
        }

        return [.. a, .. blocks.SelectMany(block => block)];
    }

    private static (byte[] Iv, byte[] Ciphertext, byte[] Tag) Gcm(byte[] key, byte[] content, byte[] header)
    {
        var (iv, ciphertext, tag) = (RandomNumberGenerator.GetBytes(12), new byte[content.Length], new byte[16]);
        using var cipher = new AesGcm(key, 16);
        cipher.Encrypt(iv, content, ciphertext, tag, header);
        return (iv, ciphertext, tag);
    }

    private static (byte[] Iv, byte[] Ciphertext, byte[] Tag) Cbc(byte[] key, byte[] content, byte[] header)
    {
        var half = key.Length / 2;
        using var aes = Aes.Create();
        aes.Key = key[half..];
        var iv = RandomNumberGenerator.GetBytes(16);
        var ciphertext = aes.EncryptCbc(content, iv);
        byte[] covered = [.. header, .. iv, .. ciphertext, 0, 0, 0, 0, .. Number(header.Length * 8)];
        return (iv, ciphertext, (half == 16 ? HMACSHA256.HashData(key[..half], covered) : HMACSHA512.HashData(key[..half], covered))[..half]);
    }
}
