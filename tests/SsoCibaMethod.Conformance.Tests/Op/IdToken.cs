using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>An ID token in the making: fit in every respect until a module spoils one thing.</summary>
internal sealed class IdToken
{
    public const string Subject = "user-subject-1234531";

    public JsonObject Header { get; } = new() { ["alg"] = "PS256", ["kid"] = OpKeys.Main };

    public required JsonObject Claims { get; init; }

    public Func<byte[], byte[]> Signer { get; set; } = OpKeys.SignPs256;

    /// <summary>As the suite makes it (K-4): good for 5 minutes, with <c>at_hash</c>, without <c>nonce</c> and the claims that only push has.</summary>
    public static IdToken Fit(OpFacts op, string accessToken, DateTimeOffset now) => new()
    {
        Claims = new JsonObject
        {
            ["iss"] = op.Issuer,
            ["sub"] = Subject,
            ["aud"] = op.ClientId,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
            ["at_hash"] = Hash(accessToken),
        },
    };

    /// <summary>The left half of the digest that belongs to PS256 (OpenID Connect Core §3.1.3.6).</summary>
    public static string Hash(string token) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token)).AsSpan(0, 16));

    public string Sign()
    {
        var signed = $"{Encode(Header)}.{Encode(Claims)}";
        return $"{signed}.{Base64Url.EncodeToString(Signer(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
