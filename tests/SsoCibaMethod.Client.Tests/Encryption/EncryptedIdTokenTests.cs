using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client.Tests;

/// <summary>ID tokens encrypted as agreed (OpenID Connect Core §10.2, RFC 7516).</summary>
[Trait("Spec", "T-13")]
public sealed class EncryptedIdTokenTests
{
    public static IEnumerable<object[]> Combinations =>
        from algorithm in TestJwe.Algorithms from encryption in TestJwe.ContentEncryption select new object[] { algorithm, encryption };

    [Theory]
    [MemberData(nameof(Combinations))]
    public void A_token_encrypted_as_agreed_is_opened_and_the_one_inside_is_validated(string algorithm, string encryption)
    {
        var signed = new TestToken().With("name", "John").Sign();

        var result = Decryptions.Validate(new TestJwe(algorithm, encryption).Encrypt(signed));

        var valid = Assert.IsType<IdTokenResult.Valid>(result);
        Assert.Equal((TestToken.Subject, "John", signed), (valid.Subject, (string?)valid.Claims["name"], valid.SignedToken));
    }

    [Theory]
    [InlineData("ECDH-ES", 384)]
    [InlineData("ECDH-ES", 521)]
    [InlineData("ECDH-ES+A128KW", 384)]
    [InlineData("ECDH-ES+A256KW", 521)]
    public void Each_curve_will_do(string algorithm, int size) => Assert.IsType<IdTokenResult.Valid>(
        Decryptions.Validate(new TestJwe(algorithm) { CurveRecipient = size == 384 ? TestJwe.P384 : TestJwe.P521 }.Encrypt(new TestToken())));

    [Fact]
    public void The_agreement_of_RFC_7518_appendix_C_is_reached()
    {
        using var header = JsonDocument.Parse(
            """
            {
              "alg":"ECDH-ES","enc":"A128GCM","apu":"QWxpY2U","apv":"Qm9i",
              "epk":{"kty":"EC","crv":"P-256","x":"gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0","y":"SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps"}
            }
            """);
        using var bob = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars("weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ"), Y = Base64Url.DecodeFromChars("e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck") },
            D = Base64Url.DecodeFromChars("VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw"),
        });

        Assert.Equal("VqqN6vgjbSBcIijNcacQGg", TestToken.Encode(KeyAgreement.Derive(header.RootElement, new ECDsaSecurityKey(bob), "A128GCM", 16)!));
    }

    [Theory]
    [InlineData("cty", null)]
    [InlineData("cty", "jwt")]
    [InlineData("typ", "JWT")]
    [InlineData("kid", "enc-1")]
    [InlineData("apu", "QWxpY2U")]
    public void A_header_that_the_rules_allow_will_do(string name, string? value)
    {
        var jwe = new TestJwe("ECDH-ES").With(name, value);
        if (value is null)
        {
            _ = jwe.Header.Remove(name);
        }

        Assert.IsType<IdTokenResult.Valid>(Decryptions.Validate(jwe.Encrypt(new TestToken())));
    }

    [Fact]
    public void During_a_roll_over_either_key_opens_it()
    {
        var decryption = new IdTokenDecryption { Keys = [Decryptions.Key(TestKeys.OtherRsa, "new"), Decryptions.Key(TestJwe.Rsa, "old")] };

        Assert.IsType<IdTokenResult.Valid>(Decryptions.Validate(new TestJwe().With("kid", "old").Encrypt(new TestToken()), decryption));
        Assert.IsType<IdTokenResult.Valid>(Decryptions.Validate(new TestJwe().Encrypt(new TestToken()), decryption));
        Assert.IsType<IdTokenResult.Valid>(Decryptions.Validate(new TestJwe { Recipient = TestKeys.OtherRsa }.With("kid", "new").Encrypt(new TestToken()), decryption));
    }

    [Fact]
    [Trait("Spec", "C-91")]
    public void The_hashes_of_a_push_belong_to_the_algorithm_of_the_signature_inside() =>
        Assert.IsType<IdTokenResult.Valid>(Decryptions.Validate(new TestJwe("RSA-OAEP", "A256CBC-HS512").Encrypt(TestToken.Pushed("rt")), isPushed: true, refreshToken: "rt"));

    [Fact]
    public async Task A_client_that_agreed_on_encryption_takes_the_whole_way()
    {
        using var stage = new Stage();
        stage.Settings = new CibaClientSettings
        {
            ClientId = TestToken.ClientId,
            Authentication = stage.Authentication,
            IdTokenSigningAlgorithms = ["PS256"],
            IdTokenDecryption = Decryptions.All,
        };

        Assert.IsType<IdTokenResult.Valid>(await stage.Client.ValidateAsync(Stage.Tokens(new TestJwe().Encrypt(new TestToken())), Stage.Expectation));
    }
}
