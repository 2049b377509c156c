using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Benchmarks.Hosting;
using SsoCibaMethod.Benchmarks.Polls;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Benchmarks.Tokens;

/// <summary>An ID token as an OP gives it after an approval, the client that expects it, and the key it was signed with.</summary>
internal sealed class SignedIdToken
{
    private const string AccessToken = "the-access-token-of-this-benchmark";
    private const string AuthReqId = "1c266114a1be42528ad104986c5b9ac1";

    private readonly CibaClient _client;
    private readonly TokenSet _tokens;
    private readonly IdTokenExpectation _expectation;
    private readonly byte[] _signed;
    private readonly byte[] _signature;
    private readonly Func<byte[], byte[], bool> _verify;

    public SignedIdToken(string algorithm)
    {
        var (key, sign) = Key(algorithm);
        var now = TimeProvider.System.GetUtcNow();
        var signed = $"{Encode(new JsonObject { ["alg"] = algorithm, ["kid"] = key.Key.KeyId, ["typ"] = "JWT" })}.{Encode(Claims(now))}";
        _signed = Encoding.ASCII.GetBytes(signed);
        _signature = sign(_signed);
        _verify = Verifier(key.Key);
        _tokens = new TokenSet { IdToken = $"{signed}.{Base64Url.EncodeToString(_signature)}", AccessToken = AccessToken, TokenType = "Bearer" };
        _expectation = new IdTokenExpectation { RequestedAt = now, AuthReqId = AuthReqId };
        var invoker = new HttpMessageInvoker(new StaticOp(ClientKeys.WritePublicJwks([key])));
        var settings = new CibaClientSettings
        {
            ClientId = Registration.ClientId,
            Authentication = new ClientSecretBasic(Registration.Secret),
            IdTokenSigningAlgorithms = [algorithm],
        };
        _client = new CibaClient(settings, new ProviderMetadataSource(
            new ProviderMetadataSettings { Client = settings, ExpectedIssuer = StaticOp.Issuer, MetadataAddress = new Uri($"{StaticOp.Issuer}/.well-known/openid-configuration") }, invoker), invoker);
    }

    /// <summary>All checks, as a login has them.</summary>
    public async Task ValidateAsync(int worker)
    {
        if (await _client.ValidateAsync(_tokens, _expectation) is not IdTokenResult.Valid and var result)
        {
            throw new InvalidOperationException((result as IdTokenResult.Invalid)?.Detail ?? result.ToString());
        }
    }

    /// <summary>The signature alone, over bytes that lie ready.</summary>
    public Task VerifyAsync(int worker) => _verify(_signed, _signature) ? Task.CompletedTask : throw new InvalidOperationException("The signature is wrong.");

    private static JsonObject Claims(DateTimeOffset now) => new()
    {
        ["iss"] = StaticOp.Issuer,
        ["sub"] = "248289761001",
        ["aud"] = Registration.ClientId,
        ["iat"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
        ["auth_time"] = now.ToUnixTimeSeconds(),
        ["acr"] = "https://op.example/loa/2",
        ["amr"] = new JsonArray("pin", "hwk"),
        ["at_hash"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(AccessToken)).AsSpan(0, 16)),
        ["urn:openid:params:jwt:claim:auth_req_id"] = AuthReqId,
        ["name"] = "Alice Example",
    };

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static (SigningCredentials Key, Func<byte[], byte[]> Sign) Key(string algorithm)
    {
        if (algorithm == SecurityAlgorithms.EcdsaSha256)
        {
            var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return (new SigningCredentials(new ECDsaSecurityKey(curve) { KeyId = "op" }, algorithm), signed => curve.SignData(signed, HashAlgorithmName.SHA256));
        }

        var rsa = RSA.Create(2048);
        return (new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = "op" }, algorithm), signed => rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private static Func<byte[], byte[], bool> Verifier(SecurityKey key) => key switch
    {
        ECDsaSecurityKey { ECDsa: var curve } => (signed, signature) => curve.VerifyData(signed, signature, HashAlgorithmName.SHA256),
        RsaSecurityKey { Rsa: var rsa } => (signed, signature) => rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        _ => throw new ArgumentException("No key of this benchmark.", nameof(key)),
    };
}
