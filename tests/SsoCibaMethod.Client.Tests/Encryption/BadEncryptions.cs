using System.Text.Json.Nodes;
using static SsoCibaMethod.Client.IdTokenFault;

namespace SsoCibaMethod.Client.Tests;

/// <summary>Tokens for a client that agreed on encryption, encrypted badly, or not, or around something bad.</summary>
internal static class BadEncryptions
{
    public static IEnumerable<BadIdToken> All => Encrypted.Select(bad => bad with { Decryption = bad.Decryption ?? Decryptions.All });

    private static IEnumerable<BadIdToken> Encrypted =>
    [
        new("T-13 not encrypted, though agreed", NotEncrypted, () => new TestToken().Sign()),
        new("T-13 alg none, not encrypted, though agreed", NotEncrypted, () => new TestToken().WithHeader("alg", "none").Sign(Signer.Nothing)),
        new("T-13 nothing at all, though encryption is agreed", NotEncrypted, () => ""),
        new("T-13 six parts, though encryption is agreed", NotEncrypted, () => Rsa.Encrypt(new TestToken()) + ".AA"),
        new("F-6 RSA1_5", EncryptionNotAllowed, () => Rsa.With("alg", "RSA1_5").Encrypt(new TestToken())),
        new("T-13 an algorithm that is known but not agreed", EncryptionNotAllowed, () => new TestJwe("RSA-OAEP").Encrypt(new TestToken())) { Decryption = Agreed("RSA-OAEP-256", "A128CBC-HS256") },
        new("T-13 a content encryption that is known but not agreed", EncryptionNotAllowed, () => new TestJwe("RSA-OAEP-256", "A128GCM").Encrypt(new TestToken())) { Decryption = Agreed("RSA-OAEP-256", "A128CBC-HS256") },
        new("T-13 alg dir", EncryptionNotAllowed, () => Rsa.With("alg", "dir").Encrypt(new TestToken())),
        new("T-13 alg A128KW", EncryptionNotAllowed, () => Rsa.With("alg", "A128KW").Encrypt(new TestToken())),
        new("T-13 alg PBES2", EncryptionNotAllowed, () => Rsa.With("alg", "PBES2-HS256+A128KW").With("p2c", 2_000_000_000).Encrypt(new TestToken())),
        new("T-13 alg none", EncryptionNotAllowed, () => Rsa.With("alg", "none").Encrypt(new TestToken())),
        new("T-13 alg in lower case", EncryptionNotAllowed, () => Rsa.With("alg", "rsa-oaep-256").Encrypt(new TestToken())),
        new("T-13 alg a number", EncryptionNotAllowed, () => Rsa.With("alg", 1).Encrypt(new TestToken())),
        new("T-13 alg missing", EncryptionNotAllowed, () => Without("alg").Encrypt(new TestToken())),
        new("T-13 enc missing", EncryptionNotAllowed, () => Without("enc").Encrypt(new TestToken())),
        new("T-13 enc unknown", EncryptionNotAllowed, () => Rsa.With("enc", "A192GCM").Encrypt(new TestToken())),
        new("T-13 enc null", EncryptionNotAllowed, () => Rsa.With("enc", null).Encrypt(new TestToken())),
        new("T-13 compressed", EncryptionNotAllowed, () => Rsa.With("zip", "DEF").Encrypt(new TestToken())),
        new("T-13 zip null", EncryptionNotAllowed, () => Rsa.With("zip", null).Encrypt(new TestToken())),
        new("RFC 7516 crit", CriticalHeader, () => Rsa.With("crit", new JsonArray("exp")).Encrypt(new TestToken())),
        new("RFC 7516 cty of something else", WrongType, () => Rsa.With("cty", "json").Encrypt(new TestToken())),
        new("RFC 7516 cty a number", WrongType, () => Rsa.With("cty", 1).Encrypt(new TestToken())),
        new("T-18 typ of something else around it", WrongType, () => Rsa.With("typ", "at+jwt").Encrypt(new TestToken())),
        new("T-13 for another RSA key", Undecryptable, () => new TestJwe { Recipient = TestKeys.OtherRsa }.Encrypt(new TestToken())),
        new("T-13 for another key of the curve", Undecryptable, () => new TestJwe("ECDH-ES") { CurveRecipient = TestKeys.P256 }.Encrypt(new TestToken())),
        new("T-13 for another key of the curve, wrapped", Undecryptable, () => new TestJwe("ECDH-ES+A128KW") { CurveRecipient = TestKeys.P256 }.Encrypt(new TestToken())),
        new("T-13 the kid of another key", Undecryptable, () => Rsa.With("kid", "other").Encrypt(new TestToken())) { Decryption = new() { Keys = [Decryptions.Key(TestJwe.Rsa, "mine")] } },
        new("T-13 a kid that is a number", Undecryptable, () => Rsa.With("kid", 1).Encrypt(new TestToken())) { Decryption = new() { Keys = [Decryptions.Key(TestJwe.Rsa, "1")] } },
        new("T-13 for RSA, and the client has a curve only", Undecryptable, () => Rsa.Encrypt(new TestToken())) { Decryption = new() { Keys = [Decryptions.Key(TestJwe.P256)] } },
        new("T-13 an agreement without ephemeral key", Undecryptable, () => Curve.With("epk", null).Encrypt(new TestToken())),
        new("T-13 an ephemeral key of another curve", Undecryptable, () => Curve.With("epk", TestKeys.Jwk(TestKeys.P384, null)).Encrypt(new TestToken())),
        new("T-13 an ephemeral key that is not on the curve", Undecryptable, () => Curve.With("epk", OffCurve()).Encrypt(new TestToken())),
        new("T-13 an ephemeral key of zeros", Undecryptable, () => Curve.With("epk", Point(new byte[32], new byte[32])).Encrypt(new TestToken())),
        new("T-13 an ephemeral key with short numbers", Undecryptable, () => Curve.With("epk", Point([1], [2])).Encrypt(new TestToken())),
        new("T-13 an ephemeral key that is an RSA key", Undecryptable, () => Curve.With("epk", TestKeys.Jwk(TestKeys.Rsa, null)).Encrypt(new TestToken())),
        new("T-13 an ephemeral key that is no object", Undecryptable, () => Curve.With("epk", "P-256").Encrypt(new TestToken())),
        new("T-13 an apu that is no text", Undecryptable, () => Spoiled(Curve.Encrypt(new TestToken()), 0, Header("ECDH-ES", ",\"apu\":7"))),
        new("T-13 a direct agreement with an encrypted key", Undecryptable, () => Spoiled(Curve.Encrypt(new TestToken()), 1, "AAAA")),
        new("T-13 a corrupt encrypted key", Undecryptable, () => Flipped(1)),
        new("T-13 no encrypted key", Undecryptable, () => Spoiled(Rsa.Encrypt(new TestToken()), 1, "")),
        new("T-13 the encrypted key of another token", Undecryptable, () => Spoiled(Rsa.Encrypt(new TestToken()), 1, Rsa.Encrypt(new TestToken()).Split('.')[1])),
        new("T-13 a corrupt initialization vector", Undecryptable, () => Flipped(2)),
        new("T-13 no initialization vector", Undecryptable, () => Spoiled(Rsa.Encrypt(new TestToken()), 2, "")),
        new("T-13 a corrupt ciphertext", Undecryptable, () => Flipped(3)),
        new("T-13 no ciphertext", Undecryptable, () => Spoiled(Rsa.Encrypt(new TestToken()), 3, "")),
        new("T-13 a ciphertext cut short", Undecryptable, () => Spoiled(Rsa.Encrypt(new TestToken()), 3, "AAAA")),
        new("T-13 a corrupt tag", Undecryptable, () => Flipped(4)),
        new("T-13 no tag", Undecryptable, () => Spoiled(Rsa.Encrypt(new TestToken()), 4, "")),
        new("T-13 a tag cut to 3 bytes", Undecryptable, () => Cut(Rsa.Encrypt(new TestToken()))),
        new("T-13 a tag of GCM cut to 3 bytes", Undecryptable, () => Cut(new TestJwe("RSA-OAEP-256", "A128GCM").Encrypt(new TestToken()))),
        new("T-13 a header changed on the way", Undecryptable, () => Spoiled(Rsa.Encrypt(new TestToken()), 0, Header("RSA-OAEP-256", ",\"x\":1"))),
        new("T-13 CBC said to be GCM", Undecryptable, () => Spoiled(Rsa.Encrypt(new TestToken()), 0, TestToken.Encode("""{"alg":"RSA-OAEP-256","enc":"A256GCM"}"""u8.ToArray()))),
        new("RFC 7516 a header with a member twice", Malformed, () => Spoiled(Rsa.Encrypt(new TestToken()), 0, Header("RSA-OAEP-256", ",\"alg\":\"RSA-OAEP-256\""))),
        new("RFC 7516 a header that is no JSON", Malformed, () => Spoiled(Rsa.Encrypt(new TestToken()), 0, "AAAA")),
        new("RFC 7516 padding in a part", Malformed, () => Rsa.Encrypt(new TestToken()) + "=="),
        new("RFC 7516 white space in a part", Malformed, () => Rsa.Encrypt(new TestToken()) + "\n"),
        new("RFC 7516 five empty parts", Malformed, () => "...."),
        new("a JWE of 400 KB", Malformed, () => Rsa.Encrypt(new string('x', 300 * 1024))),
        new("T-13 an encrypted text that is no JWT", Malformed, () => Rsa.Encrypt("hello")),
        new("T-13 an encrypted JSON without a signature", Malformed, () => Rsa.Encrypt(new TestToken().Claims.ToJsonString())),
        new("T-13 nothing, encrypted", Malformed, () => Rsa.Encrypt("")),
        new("T-13 bytes that are no text, encrypted", Malformed, () => Rsa.Encrypt("\u00e9\u00ff")),
        new("T-13 encrypted twice", Malformed, () => Rsa.Encrypt(Rsa.Encrypt(new TestToken()))),
        new("T-13 a signed token of 257 KB, encrypted", Malformed, () => Rsa.Encrypt(new string('x', CompactJwt.MaximumLength + 1))),
        new("C-91 encrypted, and signed by nobody", AlgorithmNotAllowed, () => Rsa.Encrypt(new TestToken().WithHeader("alg", "none").Sign(Signer.Nothing))),
        new("C-91 encrypted, and signed by another", WrongSignature, () => Rsa.Encrypt(new TestToken().Sign(Signer.For("PS256", TestKeys.OtherRsa)))),
        new("T-6 encrypted, and signed with the client's public key", AlgorithmNotAllowed,
            () => Rsa.Encrypt(new TestToken().WithHeader("alg", "HS256").Sign(Signer.For("HS256", TestJwe.Rsa.ExportSubjectPublicKeyInfo())))),
        new("T-1 encrypted, and from another issuer", WrongIssuer, () => Rsa.Encrypt(new TestToken().With("iss", "https://evil.example"))),
        new("T-2 encrypted, and for another client", WrongAudience, () => Rsa.Encrypt(new TestToken().With("aud", "another"))),
        new("T-8 encrypted, and expired", Expired, () => Rsa.Encrypt(new TestToken().With("exp", TestToken.At(TimeSpan.FromMinutes(-6))))),
        new("C-91 encrypted and pushed, without at_hash", AccessTokenHashMissing, () => Rsa.Encrypt(new TestToken())) { IsPushed = true },
    ];

    private static TestJwe Rsa => new();

    private static TestJwe Curve => new("ECDH-ES");

    private static IdTokenDecryption Agreed(string algorithm, string encryption) =>
        new() { Keys = Decryptions.All.Keys, Algorithms = [algorithm], ContentEncryption = [encryption] };

    private static TestJwe Without(string name)
    {
        var jwe = Rsa;
        _ = jwe.Header.Remove(name);
        return jwe;
    }

    private static string Header(string algorithm, string more) => TestToken.Encode(System.Text.Encoding.UTF8.GetBytes($$"""{"alg":"{{algorithm}}","enc":"A128CBC-HS256"{{more}}}"""));

    private static string Spoiled(string token, int part, string value)
    {
        var parts = token.Split('.');
        parts[part] = value;
        return string.Join('.', parts);
    }

    private static string Flipped(int part)
    {
        var token = Rsa.Encrypt(new TestToken());
        var text = token.Split('.')[part];
        return Spoiled(token, part, (text[0] == 'A' ? 'B' : 'A') + text[1..]);
    }

    private static string Cut(string token) => Spoiled(token, 4, token.Split('.')[4][..4]);

    private static JsonObject OffCurve()
    {
        var jwk = TestKeys.Jwk(TestKeys.P256, null);
        (jwk["x"], jwk["y"]) = (jwk["y"]!.DeepClone(), jwk["x"]!.DeepClone());
        return jwk;
    }

    private static JsonObject Point(byte[] x, byte[] y) => new() { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = TestToken.Encode(x), ["y"] = TestToken.Encode(y) };
}
