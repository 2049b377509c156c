using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>Whoever the OP takes login hint tokens from: a party that is neither the OP nor the client.</summary>
internal sealed class HintIssuer : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public JsonElement PublicKey
    {
        get
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            return JsonSerializer.SerializeToElement(new { kty = "EC", crv = "P-256", x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) });
        }
    }

    /// <summary>A token that names this person; with a lifetime below zero it has expired.</summary>
    public string Issue(string sub, TimeSpan lifetime)
    {
        var end = TimeProvider.System.GetUtcNow() + lifetime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = new Dictionary<string, object> { ["sub"] = sub, ["exp"] = end.ToUnixTimeSeconds() },
            SigningCredentials = new(new ECDsaSecurityKey(_key), SecurityAlgorithms.EcdsaSha256),
        });
    }

    public void Dispose() => _key.Dispose();
}
