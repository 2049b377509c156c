using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client.Tests;

/// <summary>What may be agreed on, and keys from files.</summary>
[Trait("Spec", "T-13")]
public sealed class IdTokenDecryptionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Theory]
    [InlineData("RSA1_5")]
    [InlineData("dir")]
    [InlineData("A128KW")]
    [InlineData("rsa-oaep")]
    [Trait("Spec", "F-6")]
    public void An_algorithm_that_is_not_known_here_cannot_be_agreed_on(string algorithm) => Assert.Contains(
        algorithm, Assert.Throws<ArgumentException>(() => new IdTokenDecryption { Keys = Decryptions.All.Keys, Algorithms = ["RSA-OAEP", algorithm] }).Message, StringComparison.Ordinal);

    [Fact]
    public void Nor_a_content_encryption_nor_nothing()
    {
        Assert.Throws<ArgumentException>(() => new IdTokenDecryption { Keys = Decryptions.All.Keys, ContentEncryption = ["A192GCM"] });
        Assert.Throws<ArgumentException>(() => new IdTokenDecryption { Keys = Decryptions.All.Keys, ContentEncryption = [] });
        Assert.Throws<ArgumentException>(() => new IdTokenDecryption { Keys = Decryptions.All.Keys, Algorithms = [] });
    }

    [Fact]
    public void A_key_must_be_private_strong_and_of_a_kind_that_decrypts()
    {
        SecurityKey[] unfit =
        [
            new RsaSecurityKey(TestKeys.WeakRsa),
            new RsaSecurityKey(TestKeys.Rsa.ExportParameters(includePrivateParameters: false)),
            new SymmetricSecurityKey(new byte[32]),
        ];

        Assert.All(unfit, key => Assert.Throws<ArgumentException>(() => new IdTokenDecryption { Keys = [key] }));
        Assert.Throws<ArgumentException>(() => new IdTokenDecryption { Keys = [] });
    }

    public static TheoryData<string, string> Files => new()
    {
        { "pem", TestJwe.Rsa.ExportPkcs8PrivateKeyPem() },
        { "pem", TestJwe.P384.ExportECPrivateKeyPem() },
        { "jwk", TestKeys.PrivateJwk(TestJwe.Rsa, "from-file").ToJsonString() },
        { "jwk", TestKeys.PrivateJwk(TestJwe.P256, "from-file").ToJsonString() },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_key_from_a_file_opens_a_token(string form, string content)
    {
        var key = DecryptionKeyFile.Load(Write(content));
        var jwe = key is RsaSecurityKey ? new TestJwe() : new TestJwe("ECDH-ES") { CurveRecipient = key.KeySize == 384 ? TestJwe.P384 : TestJwe.P256 };

        Assert.IsType<IdTokenResult.Valid>(Decryptions.Validate(jwe.Encrypt(new TestToken()), new IdTokenDecryption { Keys = [key] }));
        Assert.Equal(form == "jwk" ? "from-file" : null, key.KeyId);
        Assert.Equal("given", DecryptionKeyFile.Load(Write(content), "given").KeyId);
    }

    [Fact]
    public void An_encrypted_file_is_opened_with_its_password()
    {
        var pem = TestJwe.P256.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));

        Assert.IsType<ECDsaSecurityKey>(DecryptionKeyFile.Load(Write(pem), password: "secret"));
        Assert.Contains("no password", Assert.Throws<CryptographicException>(() => DecryptionKeyFile.Load(Write(pem))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_an_unfit_key_is_refused_with_the_reason()
    {
        Assert.Contains("2048", Assert.Throws<CryptographicException>(() => DecryptionKeyFile.Load(Write(TestKeys.WeakRsa.ExportPkcs8PrivateKeyPem()))).Message, StringComparison.Ordinal);
        Assert.Throws<CryptographicException>(() => DecryptionKeyFile.Load(Write(TestJwe.Rsa.ExportSubjectPublicKeyInfoPem())));
        Assert.Throws<FileNotFoundException>(() => DecryptionKeyFile.Load(Path.Combine(_folder, "absent.pem")));
    }

    [Theory]
    [InlineData("RSA")]
    [InlineData("EC")]
    public void A_JWK_whose_numbers_do_not_belong_together_is_refused(string kind)
    {
        var jwk = kind == "RSA" ? TestKeys.PrivateJwk(TestJwe.Rsa, null) : TestKeys.PrivateJwk(TestJwe.P256, null);
        jwk["d"] = TestKeys.PrivateJwk(TestKeys.OtherRsa, null)["d"]!.DeepClone();

        Assert.Throws<CryptographicException>(() => DecryptionKeyFile.Load(Write(jwk.ToJsonString())));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string content)
    {
        var path = Path.Combine(_folder, "key");
        File.WriteAllText(path, content);
        return path;
    }
}
