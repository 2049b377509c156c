using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SsoCibaMethod.Client.Tests;

/// <summary>A JWT as it left, taken apart with the platform alone.</summary>
internal sealed record SentJwt(JsonElement Header, JsonElement Claims, byte[] Signed, byte[] Signature)
{
    public string Algorithm => Header.GetProperty("alg").GetString()!;

    public string? this[string claim] => Claims.GetProperty(claim).GetString();

    public static SentJwt Parse(string compact)
    {
        var parts = compact.Split('.');
        Assert.Equal(3, parts.Length);
        return new SentJwt(Json(parts[0]), Json(parts[1]), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]));
    }

    public IEnumerable<string> ClaimNames => Claims.EnumerateObject().Select(claim => claim.Name).Order();

    public long Number(string claim) => Claims.GetProperty(claim).GetInt64();

    public bool IsSignedBy(RSA key) => key.VerifyData(Signed, Signature, Hash, Algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);

    public bool IsSignedBy(ECDsa key) => key.VerifyData(Signed, Signature, Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    private HashAlgorithmName Hash => new($"SHA{Algorithm[^3..]}");

    private static JsonElement Json(string part) => JsonDocument.Parse(Base64Url.DecodeFromChars(part), new JsonDocumentOptions { AllowDuplicateProperties = false }).RootElement;
}
