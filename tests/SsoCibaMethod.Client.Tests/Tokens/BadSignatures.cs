using System.Text;
using System.Text.Json.Nodes;
using static SsoCibaMethod.Client.IdTokenFault;

namespace SsoCibaMethod.Client.Tests;

/// <summary>ID tokens with good claims that nobody trusted has signed, or not as agreed.</summary>
internal static class BadSignatures
{
    private static readonly string Spki = TestKeys.Rsa.ExportSubjectPublicKeyInfoPem();

    public static IEnumerable<BadIdToken> All =>
    [
        new("K-31 alg none, empty signature", AlgorithmNotAllowed, () => Good.WithHeader("alg", "none").Sign(Signer.Nothing)),
        new("K-31 alg none, a signature", AlgorithmNotAllowed, () => Good.WithHeader("alg", "none").Sign()),
        new("K-31 alg None", AlgorithmNotAllowed, () => Good.WithHeader("alg", "None").Sign(Signer.Nothing)),
        new("K-31 alg NONE", AlgorithmNotAllowed, () => Good.WithHeader("alg", "NONE").Sign(Signer.Nothing)),
        new("T-4 alg none, though somebody configured it", AlgorithmNotAllowed, () => Good.WithHeader("alg", "none").Sign(Signer.Nothing)) { Algorithms = ["none", "PS256"] },
        new("T-4 alg missing", AlgorithmNotAllowed, () => Good.WithoutHeader("alg").Sign()),
        new("T-4 alg a number", AlgorithmNotAllowed, () => Good.WithHeader("alg", 256).Sign()),
        new("T-4 alg in lower case", AlgorithmNotAllowed, () => Good.WithHeader("alg", "ps256").Sign()),
        new("K-32 RS256 by another key instead of PS256", AlgorithmNotAllowed, () => Good.WithHeader("alg", "RS256").Sign(Signer.For("RS256", TestKeys.OtherRsa))),
        new("T-4 RS256 by the right key instead of PS256", AlgorithmNotAllowed, () => Good.WithHeader("alg", "RS256").Sign(Signer.For("RS256", TestKeys.Rsa))),
        new("T-4 PS256 instead of RS256", AlgorithmNotAllowed, () => Good.Sign()) { Algorithms = ["RS256"] },
        new("T-6 HS256 with the client secret, not configured", AlgorithmNotAllowed, () => Hmac(TestKeys.Secret)),
        new("K-52 HS256 with the public key as PEM", AlgorithmNotAllowed, () => Hmac(Spki)),
        new("K-52 HS256 with the public key as JWK", AlgorithmNotAllowed, () => Hmac(TestKeys.Jwk(TestKeys.Rsa, TestKeys.RsaId).ToJsonString())),
        new("K-52 HS256 with the public key as PEM, HS256 configured", WrongSignature, () => Hmac(Spki)) { Algorithms = ["PS256", "HS256"] },
        new("T-6 HS256 with another secret", WrongSignature, () => Hmac("another-client-secret-of-forty-characters")) { Algorithms = ["HS256"] },
        new("T-6 HS256 with an empty secret", WrongSignature, () => Hmac("")) { Algorithms = ["HS256"] },
        new("K-30 signature corrupted", WrongSignature, () => Good.Sign(data => Corrupt(Signer.For("PS256", TestKeys.Rsa)(data)))),
        new("K-30 signature cut by a byte", WrongSignature, () => Good.Sign(data => Signer.For("PS256", TestKeys.Rsa)(data)[..^1])),
        new("K-30 signature longer by a byte", WrongSignature, () => Good.Sign(data => [.. Signer.For("PS256", TestKeys.Rsa)(data), 0])),
        new("K-30 signature empty", WrongSignature, () => Good.Sign(Signer.Nothing)),
        new("K-30 signature by PKCS 1 under PS256", WrongSignature, () => Good.Sign(Signer.For("RS256", TestKeys.Rsa))),
        new("K-30 payload of another token", WrongSignature, Spliced),
        new("K-30 ECDSA signature as DER", WrongSignature,
            () => EllipticCurve("ES256", "ec-256").Sign(data => TestKeys.P256.SignData(data, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.DSASignatureFormat.Rfc3279DerSequence))) { Algorithms = ["ES256"] },
        new("K-30 ECDSA signature of zeros", WrongSignature, () => EllipticCurve("ES256", "ec-256").Sign(_ => new byte[64])) { Algorithms = ["ES256"] },
        new("K-30 ECDSA signature empty", WrongSignature, () => EllipticCurve("ES256", "ec-256").Sign(Signer.Nothing)) { Algorithms = ["ES256"] },
        new("K-52 kid unknown", UnknownKey, () => Good.WithHeader("kid", "rsa-2").Sign(Signer.For("PS256", TestKeys.OtherRsa))),
        new("K-52 kid unknown, right key", UnknownKey, () => Good.WithHeader("kid", "rsa-2").Sign()),
        new("K-52 right kid of another key", WrongSignature, () => Good.Sign(Signer.For("PS256", TestKeys.OtherRsa))),
        new("T-5 kid of a key of another kind", UnknownKey, () => Good.WithHeader("kid", "ec-256").Sign()),
        new("T-5 no kid, another key", WrongSignature, () => Good.WithoutHeader("kid").Sign(Signer.For("PS256", TestKeys.OtherRsa))),
        new("F-17 ES384 by the P-256 key", UnknownKey, () => EllipticCurve("ES384", "ec-256").Sign(Signer.For("ES384", TestKeys.P256))) { Algorithms = ["ES256", "ES384"] },
        new("F-17 ES256 by the P-384 key", UnknownKey, () => EllipticCurve("ES256", "ec-384").Sign(Signer.For("ES256", TestKeys.P384))) { Algorithms = ["ES256", "ES384"] },
        new("F-17 ES512 by the P-256 key", UnknownKey, () => EllipticCurve("ES512", "ec-256").Sign(Signer.For("ES512", TestKeys.P256))) { Algorithms = ["ES256", "ES512"] },
        new("K-52 jwk header with the attacker's key", UnknownKey,
            () => Attackers("evil").WithHeader("jwk", TestKeys.Jwk(TestKeys.OtherRsa, "evil")).Sign(Signer.For("PS256", TestKeys.OtherRsa))),
        new("K-52 jwk header under the right kid", WrongSignature,
            () => Attackers(TestKeys.RsaId).WithHeader("jwk", TestKeys.Jwk(TestKeys.OtherRsa, TestKeys.RsaId)).Sign(Signer.For("PS256", TestKeys.OtherRsa))),
        new("K-52 jku header", UnknownKey, () => Attackers("evil").WithHeader("jku", "https://evil.example/jwks").Sign(Signer.For("PS256", TestKeys.OtherRsa))),
        new("K-52 x5u header", UnknownKey, () => Attackers("evil").WithHeader("x5u", "https://evil.example/cert").Sign(Signer.For("PS256", TestKeys.OtherRsa))),
        new("RFC 7515 crit header", CriticalHeader, () => Good.WithHeader("crit", new JsonArray("b64")).WithHeader("b64", false).Sign()),
        new("RFC 7515 crit header empty", CriticalHeader, () => Good.WithHeader("crit", new JsonArray()).Sign()),
        new("T-18 typ at+jwt", WrongType, () => Good.WithHeader("typ", "at+jwt").Sign()),
        new("T-18 typ application/at+jwt", WrongType, () => Good.WithHeader("typ", "application/at+jwt").Sign()),
        new("T-18 typ logout+jwt", WrongType, () => Good.WithHeader("typ", "logout+jwt").Sign()),
        new("T-18 typ dpop+jwt", WrongType, () => Good.WithHeader("typ", "dpop+jwt").Sign()),
        new("T-18 typ client-authentication+jwt", WrongType, () => Good.WithHeader("typ", "client-authentication+jwt").Sign()),
        new("T-18 typ empty", WrongType, () => Good.WithHeader("typ", "").Sign()),
        new("T-18 typ an array", WrongType, () => Good.WithHeader("typ", new JsonArray("at+jwt")).Sign()),
    ];

    private static TestToken Good => new();

    private static TestToken EllipticCurve(string algorithm, string kid) => Good.WithHeader("alg", algorithm).WithHeader("kid", kid);

    private static TestToken Attackers(string kid) => Good.WithHeader("kid", kid);

    private static string Hmac(string secret) => Good.WithHeader("alg", "HS256").Sign(Signer.For("HS256", Encoding.UTF8.GetBytes(secret)));

    private static byte[] Corrupt(byte[] signature)
    {
        signature[^1] ^= 0x5A;
        return signature;
    }

    private static string Spliced()
    {
        var mine = Good.Sign().Split('.');
        var forged = Good.With("sub", "user-2").Sign(Signer.Nothing).Split('.');
        return $"{mine[0]}.{forged[1]}.{mine[2]}";
    }
}
