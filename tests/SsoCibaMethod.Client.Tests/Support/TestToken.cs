using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Client.Tests;

/// <summary>An ID token in the making: fit in every respect until a test spoils one thing.</summary>
internal sealed class TestToken
{
    public const string ClientId = "ubisecure-sso";
    public const string Subject = "user-1";
    public const string AuthReqId = "465382f0-2375-452c-807e-f326d329ecfe";
    public const string AccessToken = "the-access-token";
    public const string RefreshTokenHashClaim = "urn:openid:params:jwt:claim:rt_hash";
    public const string AuthReqIdClaim = "urn:openid:params:jwt:claim:auth_req_id";

    /// <summary>The present of every test of tokens.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    /// <summary>When the authentication request of the tests was sent.</summary>
    public static readonly DateTimeOffset RequestedAt = Now.AddSeconds(-120);

    public JsonObject Header { get; } = new() { ["alg"] = "PS256", ["typ"] = "JWT", ["kid"] = TestKeys.RsaId };

    public JsonObject Claims { get; } = new()
    {
        ["iss"] = FakeOp.Issuer,
        ["sub"] = Subject,
        ["aud"] = ClientId,
        ["exp"] = At(TimeSpan.FromMinutes(5)),
        ["iat"] = At(TimeSpan.FromSeconds(-1)),
    };

    public static long At(TimeSpan fromNow) => (Now + fromNow).ToUnixTimeSeconds();

    /// <summary>A token with what a push needs beyond the rest.</summary>
    public static TestToken Pushed(string? refreshToken = null)
    {
        var token = new TestToken().With("at_hash", LeftHalf(AccessToken)).With(AuthReqIdClaim, AuthReqId);
        return refreshToken is null ? token : token.With(RefreshTokenHashClaim, LeftHalf(refreshToken));
    }

    /// <summary>The hash of a token that belongs to PS256.</summary>
    public static string LeftHalf(string token) => Encode(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(token))[..16]);

    public TestToken With(string claim, JsonNode? value)
    {
        Claims[claim] = value;
        return this;
    }

    public TestToken Without(string claim)
    {
        Claims.Remove(claim);
        return this;
    }

    public TestToken WithHeader(string name, JsonNode? value)
    {
        Header[name] = value;
        return this;
    }

    public TestToken WithoutHeader(string name)
    {
        Header.Remove(name);
        return this;
    }

    /// <summary>Signs with the key of the OP, PS256.</summary>
    public string Sign() => Sign(Signer.For("PS256", TestKeys.Rsa));

    public string Sign(Func<byte[], byte[]> signer) => Compact(Header.ToJsonString(), Claims.ToJsonString(), signer);

    /// <summary>Signs whatever it is given, so that a test can write JSON that no serializer would.</summary>
    public static string Compact(string header, string payload, Func<byte[], byte[]> signer)
    {
        var signed = $"{Encode(Encoding.UTF8.GetBytes(header))}.{Encode(Encoding.UTF8.GetBytes(payload))}";
        return $"{signed}.{Encode(signer(Encoding.ASCII.GetBytes(signed)))}";
    }

    public static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);

    public override string ToString() => Sign();
}
