using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Tests;

public sealed class EncryptedIdTokenTests
{
    private static readonly RSA Rsa = RSA.Create(2048);
    private static readonly ECDiffieHellman Ec = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

    public static TheoryData<string, string> Combinations
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (var algorithm in new[] { "RSA-OAEP", "RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW" })
            {
                foreach (var encryption in new[] { "A128CBC-HS256", "A256CBC-HS512", "A128GCM", "A256GCM" })
                {
                    all.Add(algorithm, encryption);
                }
            }

            return all;
        }
    }

    [Theory]
    [Trait("Spec", "T-13")]
    [MemberData(nameof(Combinations))]
    public async Task The_client_reads_what_was_encrypted_to_it(string algorithm, string encryption)
    {
        using var op = new SimulatorHost(options => options.Clients.Add(Client(algorithm, encryption)));

        var token = await IdTokenAsync(op);

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(JweReader.Read(token, Rsa, Ec), new TokenValidationParameters
        {
            IssuerSigningKeys = new JsonWebKeySet(await op.Http.GetStringAsync("/op/jwks")).GetSigningKeys(),
            ValidIssuer = SimulatorHost.Issuer,
            ValidAudience = "bank",
            ValidateLifetime = false,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        var header = JsonDocument.Parse(Base64UrlEncoder.Decode(token.Split('.')[0])).RootElement;
        Assert.Equal("JWT", header.GetProperty("cty").GetString());
        Assert.Equal(algorithm.StartsWith("RSA", StringComparison.Ordinal) ? "rsa" : "ec", header.GetProperty("kid").GetString());
    }

    [Fact]
    [Trait("Spec", "T-13")]
    public async Task An_encrypted_hint_is_the_inner_token()
    {
        using var op = new SimulatorHost(options => options.Clients.Add(Client("ECDH-ES", "A256GCM")));
        var token = await IdTokenAsync(op);

        var outer = await op.AskAsync([.. Credentials, ("login_hint", null), ("id_token_hint", token)]);
        var inner = await op.AskAsync([.. Credentials, ("login_hint", null), ("id_token_hint", JweReader.Read(token, Rsa, Ec))]);

        Assert.Equal("invalid_request", outer.Error);
        Assert.Null(inner.Error);
    }

    [Fact]
    public async Task A_client_that_wants_encryption_needs_a_key_for_it()
    {
        using var op = new SimulatorHost(options => options.Clients.Add(new("bank")
        {
            Secret = "other",
            AuthenticationMethod = "client_secret_post",
            IdTokenEncryptedResponseAlg = "ECDH-ES",
        }));

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => op.AskAsync(Credentials));

        Assert.Contains("Jwks", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Client("RSA1_5", "A128GCM"));
        Assert.Throws<ArgumentException>(() => Client("RSA-OAEP", "none"));
    }

    private static (string Name, string? Value)[] Credentials => [("client_id", "bank"), ("client_secret", "other")];

    private static async Task<string> IdTokenAsync(SimulatorHost op)
    {
        op.Simulator.ApproveNextFor("alice");
        return (await op.PollAsync(await op.AskedAsync(Credentials), Credentials)).Text("id_token");
    }

    private static CibaSimulatorClient Client(string algorithm, string encryption) => new("bank")
    {
        Secret = "other",
        AuthenticationMethod = "client_secret_post",
        Jwks = Jwks(),
        IdTokenEncryptedResponseAlg = algorithm,
        IdTokenEncryptedResponseEnc = encryption,
    };

    private static string Jwks()
    {
        var (numbers, point) = (Rsa.ExportParameters(includePrivateParameters: false), Ec.ExportParameters(includePrivateParameters: false).Q);
        return JsonSerializer.Serialize(new
        {
            keys = new object[]
            {
                new { kty = "RSA", kid = "rsa", use = "enc", n = Base64UrlEncoder.Encode(numbers.Modulus), e = Base64UrlEncoder.Encode(numbers.Exponent) },
                new { kty = "EC", crv = "P-256", kid = "ec", use = "enc", x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) },
            },
        });
    }
}
