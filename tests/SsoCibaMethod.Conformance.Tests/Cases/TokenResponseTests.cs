using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>K-52 for the whole handler: tokens that must not sign anybody in, and after which nothing is called.</summary>
[Trait("Spec", "K-52")]
public class TokenResponseTests
{
    private static readonly Dictionary<string, Func<CaseOp, HttpResponseMessage>> Bad = new(StringComparer.Ordinal)
    {
        ["no id_token"] = op => op.Tokens(answer: tokens => tokens.Remove("id_token")),
        ["token_type mac"] = op => op.Tokens(answer: tokens => tokens["token_type"] = "mac"),
        ["token_type DPoP though no proof was sent"] = op => op.Tokens(answer: tokens => tokens["token_type"] = "DPoP"),
        ["at_hash of another token"] = op => op.Tokens(token => token.Claims["at_hash"] = IdToken.Hash("another")),
        ["no sub"] = op => op.Tokens(token => token.Claims.Remove("sub")),
        ["no acr though one was asked for"] = op => op.Tokens(token => token.Claims.Remove("acr")),
        ["an acr that is not enough"] = op => op.Tokens(token => token.Claims["acr"] = "low"),
        ["iat in the future"] = op => op.Tokens(token => Later(token, "iat")),
        ["nbf in the future"] = op => op.Tokens(token => Later(token, "nbf")),
        ["encrypted, though no encryption was agreed"] = op => op.Tokens(answer: tokens => tokens["id_token"] = "eyJhbGciOiJSU0EtT0FFUCJ9.AA.AA.AA.AA"),
        ["an HMAC with the OP's public key as the secret"] = op => op.Tokens(token =>
        {
            token.Header["alg"] = "HS256";
            token.Signer = data => HMACSHA256.HashData(Encoding.UTF8.GetBytes(OpKeys.Published.ToJsonString()), data);
        }),
        ["a key of its own in jwk"] = op => op.Tokens(token => SignByAStranger(token, "jwk", stranger => stranger)),
        ["a key set of its own in jku"] = op => op.Tokens(token => SignByAStranger(token, "jku", _ => "https://evil.example/jwks")),
        ["a certificate of its own in x5u"] = op => op.Tokens(token => SignByAStranger(token, "x5u", _ => "https://evil.example/certificate")),
    };

    public static TheoryData<string> BadOnes => [.. Bad.Keys];

    [Theory]
    [MemberData(nameof(BadOnes))]
    public async Task A_bad_token_response_signs_nobody_in_and_nothing_is_called_after_it(string what)
    {
        await using var run = await CaseHost.StartAsync(settings: new Dictionary<string, string?> { ["AcrValues:0"] = "high" });
        var given = false;
        run.Op.Poll = (_, _) =>
        {
            given = true;
            return Task.FromResult(Bad[what](run.Op));
        };
        _ = await run.BeginAsync();

        Assert.Equal("failed", await run.EndAsync());

        Assert.True(given);
        Assert.Empty(await run.CallsFromNowOnAsync());
        Assert.Null(await run.SubjectAsync());
        Assert.DoesNotContain(run.Op.Calls, call => call.Address.Host == "evil.example");
    }

    [Theory]
    [InlineData("jku", "https://evil.example/jwks")]
    [InlineData("x5u", "https://evil.example/certificate")]
    public async Task Where_the_OP_s_own_key_signed_a_header_that_names_others_is_not_looked_at(string header, string address)
    {
        await using var run = await CaseHost.StartAsync();
        run.Op.Poll = (_, _) => Task.FromResult(run.Op.Tokens(token => token.Header[header] = address));
        _ = await run.BeginAsync();

        Assert.Equal("approved", await run.EndAsync());
        Assert.Equal(IdToken.Subject, await run.SubjectAsync());
        Assert.DoesNotContain(run.Op.Calls, call => call.Address.Host == "evil.example");
    }

    [Fact]
    [Trait("Spec", "T-5")]
    public async Task A_key_the_OP_has_just_begun_to_use_costs_one_look_at_its_keys_and_nobody_a_login()
    {
        await using var run = await CaseHost.StartAsync(op => op.Keys = new JsonObject { ["keys"] = new JsonArray() });
        run.Op.Poll = (_, _) =>
        {
            run.Op.Keys = OpKeys.Published;
            return Task.FromResult(run.Op.Tokens());
        };
        _ = await run.BeginAsync();

        // The keys were read a moment ago, and are not read again within 30 seconds of that.
        Assert.Equal("approved", await run.EndAsync());
        Assert.Equal(2, run.Op.Count("/jwks"));
        Assert.Equal(1, run.Op.Count("/token"));
        Assert.Equal(IdToken.Subject, await run.SubjectAsync());
    }

    private static void Later(IdToken token, string claim) => token.Claims[claim] = (long)token.Claims["iat"]! + 120;

    private static void SignByAStranger(IdToken token, string header, Func<JsonObject, JsonNode?> value)
    {
        using var made = RSA.Create(2048);
        var key = made.ExportParameters(includePrivateParameters: true);
        token.Header[header] = value(new JsonObject
        {
            ["kty"] = "RSA",
            ["kid"] = OpKeys.Main,
            ["n"] = System.Buffers.Text.Base64Url.EncodeToString(key.Modulus),
            ["e"] = System.Buffers.Text.Base64Url.EncodeToString(key.Exponent),
        });
        token.Signer = data =>
        {
            using var stranger = RSA.Create(key);
            return stranger.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        };
    }
}
