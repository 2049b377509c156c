using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client;

/// <summary>Agrees on a key with whoever made the ephemeral public key in the header: ECDH-ES with the Concat KDF (RFC 7518 §4.6.2).</summary>
internal static class KeyAgreement
{
    /// <param name="header">The header of the JWE.</param>
    /// <param name="key">The private key.</param>
    /// <param name="purpose">What the key is for: the <c>enc</c> in direct agreement, else the <c>alg</c>.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <returns>The key; <see langword="null"/> where the ephemeral key is not of the private key's curve or not well formed.</returns>
    public static byte[]? Derive(JsonElement header, ECDsaSecurityKey key, string purpose, int length)
    {
        if (EphemeralKey(header, key.KeySize) is not { } ephemeral || Info(header, purpose, length) is not { } info)
        {
            return null;
        }

        // The platform refuses a point that is not on the curve.
        using var theirs = ECDiffieHellman.Create(ephemeral);
        using var ours = ECDiffieHellman.Create(KeyNumbers.Of(key));
        var derived = new byte[length];
        var round = new byte[sizeof(uint)];
        for (var filled = 0; filled < length; filled += SHA256.HashSizeInBytes)
        {
            BinaryPrimitives.WriteUInt32BigEndian(round, (uint)(filled / SHA256.HashSizeInBytes) + 1);
            var block = ours.DeriveKeyFromHash(theirs.PublicKey, HashAlgorithmName.SHA256, round, info);
            block.AsSpan(0, Math.Min(block.Length, length - filled)).CopyTo(derived.AsSpan(filled));
        }

        return derived;
    }

    private static ECParameters? EphemeralKey(JsonElement header, int size)
    {
        if (!header.TryGetProperty("epk", out var epk) || epk.ValueKind != JsonValueKind.Object || ClaimValue.Text(epk, "kty") != "EC" || ClaimValue.Text(epk, "crv") != $"P-{size}")
        {
            return null;
        }

        var length = (size + 7) / 8;
        return JwtPart.Bytes(ClaimValue.Text(epk, "x")) is { } x && JwtPart.Bytes(ClaimValue.Text(epk, "y")) is { } y && x.Length == length && y.Length == length
            ? new ECParameters { Curve = Curve(size), Q = new ECPoint { X = x, Y = y } }
            : null;
    }

    private static ECCurve Curve(int size) => size switch
    {
        256 => ECCurve.NamedCurves.nistP256,
        384 => ECCurve.NamedCurves.nistP384,
        _ => ECCurve.NamedCurves.nistP521,
    };

    // AlgorithmID, PartyUInfo and PartyVInfo with their lengths, then the key's length in bits.
    private static byte[]? Info(JsonElement header, string purpose, int length) =>
        Party(header, "apu") is { } producer && Party(header, "apv") is { } recipient
            ? [.. Sized(Encoding.ASCII.GetBytes(purpose)), .. Sized(producer), .. Sized(recipient), .. Number(length * 8)]
            : null;

    private static byte[]? Party(JsonElement header, string name) =>
        !header.TryGetProperty(name, out var value) ? [] : ClaimValue.Text(value) is { } text ? JwtPart.Bytes(text) : null;

    private static byte[] Sized(byte[] value) => [.. Number(value.Length), .. value];

    private static byte[] Number(int value)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
