using System.Security.Cryptography;

namespace SsoCibaMethod.Client.Tests;

/// <summary>Signs as RFC 7518 says, with the platform's cryptography alone, so that a shared misunderstanding of a library cannot hide.</summary>
internal static class Signer
{
    public static Func<byte[], byte[]> For(string algorithm, RSA key) => data => algorithm[0] == 'P'
        ? key.SignData(data, Hash(algorithm), RSASignaturePadding.Pss)
        : key.SignData(data, Hash(algorithm), RSASignaturePadding.Pkcs1);

    public static Func<byte[], byte[]> For(string algorithm, ECDsa key) => data =>
        key.SignData(data, Hash(algorithm), DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    public static Func<byte[], byte[]> For(string algorithm, byte[] secret) => data => algorithm switch
    {
        "HS256" => HMACSHA256.HashData(secret, data),
        "HS384" => HMACSHA384.HashData(secret, data),
        _ => HMACSHA512.HashData(secret, data),
    };

    public static byte[] Nothing(byte[] data) => [];

    private static HashAlgorithmName Hash(string algorithm) => new($"SHA{algorithm[^3..]}");
}
