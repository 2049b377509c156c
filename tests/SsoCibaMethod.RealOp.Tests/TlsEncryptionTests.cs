using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>ID tokens that the real OP encrypts to a key of the client.</summary>
public sealed class TlsEncryptionTests(TlsOp tls) : IClassFixture<TlsOp>
{
    private static readonly string[] Contents = ["A128CBC-HS256", "A256CBC-HS512", "A128GCM", "A256GCM"];

    private RealOp Op => tls.Op;

    public static TheoryData<string, string, string> Agreements
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            (string Algorithm, string Key)[] keys =
            [
                ("RSA-OAEP", "RSA"), ("RSA-OAEP-256", "RSA"), ("ECDH-ES", "P-256"), ("ECDH-ES", "P-384"), ("ECDH-ES", "P-521"), ("ECDH-ES+A128KW", "P-256"), ("ECDH-ES+A256KW", "P-256"),
            ];
            foreach (var (algorithm, key) in keys)
            {
                foreach (var content in Contents)
                {
                    all.Add(algorithm, key, content);
                }
            }

            return all;
        }
    }

    [RealOpTheory]
    [MemberData(nameof(Agreements))]
    [Trait("Spec", "T-13")]
    public async Task EncryptedIdTokenIsOpenedAndValidated(string algorithm, string keyType, string content)
    {
        var key = NewKey(keyType);
        using var client = await RegisterAsync($"{algorithm}-{keyType}-{content}", key, (algorithm, content), new() { Keys = [key], Algorithms = [algorithm], ContentEncryption = [content] });

        var login = await client.SignInAsync(new() { LoginHint = "alice" });

        Assert.Equal("alice", login.Subject);
        Assert.Equal(5, login.Tokens.IdToken.Split('.').Length);
    }

    [RealOpFact]
    [Trait("Spec", "C-15")]
    public async Task HintIsTheSignedTokenInside()
    {
        var key = NewKey("P-256");
        using var client = await RegisterAsync("hint", key, ("ECDH-ES", "A256GCM"), new() { Keys = [key] });
        var first = Assert.IsType<IdTokenResult.Valid>((await client.SignInAsync(new() { LoginHint = "alice" })).IdToken);

        var second = await client.SignInAsync(new() { IdTokenHint = first.SignedToken }, subject: "alice");

        Assert.Equal("alice", second.Subject);
    }

    [RealOpFact]
    [Trait("Spec", "S-54")]
    public async Task OldKeyServesUntilTheOpKnowsTheNewOne()
    {
        var (old, renewed) = (NewKey("RSA"), NewKey("RSA"));
        using var client = await RegisterAsync("renewed", old, ("RSA-OAEP-256", "A256GCM"), new() { Keys = [renewed, old] });

        Assert.Equal("alice", (await client.SignInAsync(new() { LoginHint = "alice" })).Subject);
        await Op.AddClientAsync(Registration("renewed", renewed, ("RSA-OAEP-256", "A256GCM")));
        Assert.Equal("alice", (await client.SignInAsync(new() { LoginHint = "alice" })).Subject);
    }

    [RealOpFact]
    [Trait("Spec", "T-13")]
    public async Task TokenThatIsNotEncryptedAsAgreedIsRefused()
    {
        var (rsa, curve, stranger) = (NewKey("RSA"), NewKey("P-256"), NewKey("RSA"));
        (string Name, SecurityKey Key, (string, string)? Agreed, IdTokenDecryption? Expects, IdTokenFault Fault)[] cases =
        [
            ("not-at-all", rsa, null, new() { Keys = [rsa] }, IdTokenFault.NotEncrypted),
            ("other-algorithm", rsa, ("RSA-OAEP", "A256GCM"), new() { Keys = [rsa], Algorithms = ["RSA-OAEP-256"] }, IdTokenFault.EncryptionNotAllowed),
            ("other-content", curve, ("ECDH-ES", "A128CBC-HS256"), new() { Keys = [curve], ContentEncryption = ["A256GCM"] }, IdTokenFault.EncryptionNotAllowed),
            ("other-key", rsa, ("RSA-OAEP", "A256GCM"), new() { Keys = [stranger] }, IdTokenFault.Undecryptable),
            ("unexpected", rsa, ("RSA-OAEP", "A256GCM"), null, IdTokenFault.Encrypted),
        ];
        foreach (var (name, key, agreed, expects, fault) in cases)
        {
            using var client = await RegisterAsync(name, key, agreed, expects);

            var login = await client.SignInAsync(new() { LoginHint = "alice" });

            Assert.Equal((name, fault), (name, Assert.IsType<IdTokenResult.Invalid>(login.IdToken).Fault));
        }
    }

    private static AsymmetricSecurityKey NewKey(string type) => type switch
    {
        "P-256" => new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)),
        "P-384" => new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP384)),
        "P-521" => new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP521)),
        _ => new RsaSecurityKey(RSA.Create(2048)),
    };

    private static RealOpClient Registration(string name, SecurityKey key, (string Algorithm, string Content)? agreed) => new(name)
    {
        ClientSecret = CibaHost.Secret,
        KeySet = JsonSerializer.Deserialize<JsonElement>(ClientKeys.WritePublicJwks(decryption: [key])),
        IdTokenEncryptionAlgorithm = agreed?.Algorithm,
        IdTokenContentEncryption = agreed?.Content,
    };

    private Task<DirectClient> RegisterAsync(string name, SecurityKey key, (string Algorithm, string Content)? agreed, IdTokenDecryption? expects)
    {
        CibaClientSettings settings = new() { ClientId = name, Authentication = new ClientSecretBasic(CibaHost.Secret), IdTokenDecryption = expects };
        return DirectClient.RegisterAsync(tls, Registration(name, key, agreed), settings);
    }
}
