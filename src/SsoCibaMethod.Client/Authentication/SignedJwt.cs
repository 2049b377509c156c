using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client;

/// <summary>Signs claims that are written as they are: nothing is added, nothing changes its type.</summary>
internal static class SignedJwt
{
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    public static string Create(string type, JsonObject claims, SigningCredentials key, JsonObject? publicKey = null)
    {
        var header = new Dictionary<string, object>(StringComparer.Ordinal) { [JwtHeaderParameterNames.Typ] = type };
        if (publicKey is not null)
        {
            header["jwk"] = JsonSerializer.SerializeToElement(publicKey);
        }

        return Handler.CreateToken(claims.ToJsonString(), key, header);
    }

    /// <summary>A <c>jti</c> never used before: 128 random bits.</summary>
    public static string NewId() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(16));
}
